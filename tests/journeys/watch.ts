import { type BrowserContext, type ConsoleMessage, expect, type Page } from "@playwright/test";

/** A job that got no connection while a small machine stood still for five seconds. It is tried again. */
const stoodStill =
  /Failed task \d+ \(.*attempt \d of 25\) with error '(Connection terminated due to connection timeout|timeout exceeded when trying to connect)'/;

/** Everything that a browser noticed and a customer should never have caused. */
export class Watch {
  /** Console errors, uncaught errors and violations of the content security policy. */
  readonly errors: string[] = [];
  /** Requests that left this machine. */
  readonly outside: string[] = [];
  /** Answers of 400 and more, `GET /book/x/select 404`. */
  readonly refused: string[] = [];
  private expected: RegExp[] = [];
  private expectedInLog: RegExp[] = [stoodStill];

  /** This test means to be refused like this. */
  expectRefused(...answers: RegExp[]): void {
    this.expected.push(...answers);
  }

  /** This test means to make the server log an error like this. */
  expectLogged(...lines: RegExp[]): void {
    this.expectedInLog.push(...lines);
  }

  unexpectedIn(log: string[]): string[] {
    return log.filter((line) => !this.expectedInLog.some((pattern) => pattern.test(line)));
  }

  async follow(context: BrowserContext): Promise<void> {
    context.on("console", (message) => this.noteConsole(message));
    context.on("weberror", (error) => this.errors.push(String(error.error())));
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1") this.outside.push(request.url());
    });
    context.on("response", (response) => {
      if (response.status() < 400) return;
      this.refused.push(`${response.request().method()} ${new URL(response.url()).pathname} ${response.status()}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        console.error(`content security policy: ${violatedDirective} ${blockedURI}`);
      });
    });
    await context.addInitScript(noteHydration);
  }

  /** A refused answer shows in the console too; it is judged by `refused`. */
  private noteConsole(message: ConsoleMessage): void {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) this.errors.push(message.text());
  }

  check(): void {
    expect.soft(this.errors, "errors in the browser's console").toEqual([]);
    expect.soft(this.outside, "requests that left this machine").toEqual([]);
    const unexpected = this.refused.filter((answer) => !this.expected.some((pattern) => pattern.test(answer)));
    expect.soft(unexpected, "answers of 400 and more").toEqual([]);
    const missing = this.expected.filter((pattern) => !this.refused.some((answer) => pattern.test(answer)));
    expect.soft(missing.map(String), "refusals that did not come").toEqual([]);
  }
}

/** Runs in the page. React tells developer tools when effects have run; it keeps its node under a name of its own. */
function noteHydration(): void {
  const isTakenOver = (element: Element) => Object.keys(element).some((key) => key.startsWith("__reactFiber$"));
  const onPostCommitFiberRoot = () => {
    const parts = [...document.querySelectorAll("main, main [data-testid]")];
    Object.assign(globalThis, { isHydrated: parts.length > 0 && parts.every(isTakenOver) });
  };
  const silent = { inject: () => 1, onCommitFiberRoot() {}, onCommitFiberUnmount() {} };
  Object.assign(globalThis, { __REACT_DEVTOOLS_GLOBAL_HOOK__: { supportsFiber: true, ...silent, onPostCommitFiberRoot } });
}

/** Before, nothing on the page listens or counts: a moved clock would move nothing. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as typeof globalThis & { isHydrated?: boolean }).isHydrated === true);
}
