import { parseArgs } from "node:util";
import { connectPayment, paymentProvider } from "#providers/payments/registry.ts";
import { offeredIds, readKeys } from "./keys.ts";
import { type Listener, listenForWebhooks } from "./listen.ts";
import { type Walked, walkSandbox } from "./walk.ts";

export const exitCodes = { asExpected: 0, differs: 1, notAllChecked: 2, cannotBegin: 3 } as const;
export type Wish = {
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  say(line: string): void;
  pause(ms: number): Promise<void>;
};

/** Answers the exit code. Never throws for what a person may have mistyped. */
export async function runSandbox({ args, environment, say, pause }: Wish): Promise<number> {
  const cannotBegin = (sentence: string): number => {
    say(sentence);
    return exitCodes.cannotBegin;
  };
  const { values, positionals, strange } = readArgs(args);
  if (strange !== null) return cannotBegin(strange);
  const [id = ""] = positionals;
  const definition = offeredIds().includes(id) ? paymentProvider(id) : null;
  if (!definition) return cannotBegin(`Say which provider: npm run sandbox -- ${offeredIds().join(" | ")}`);
  const { credentials, missing } = readKeys(definition, environment);
  if (missing.length > 0) return cannotBegin(`The sandbox of ${definition.name} needs ${missing.join(", ")} in the environment.`);
  const listener = values.webhook ? await listenForWebhooks(definition, credentials, Number(values.port)) : null;
  try {
    const provider = connectPayment({ provider: id, mode: "test", credentials });
    tellBeginning({ name: definition.name, webhook: values.webhook, listener, say });
    const webhook = values.webhook && listener ? { url: values.webhook, listener } : null;
    const waitMs = Number(values.wait) * 1000;
    return tellEnd(await walkSandbox({ provider, webhook, returnUrl: values.webhook ?? "https://example.com/", waitMs, say, pause }), say);
  } finally {
    await listener?.stop();
  }
}

/** `strange`: what cannot be meant, as a sentence. */
function readArgs(args: readonly string[]) {
  const options = { webhook: { type: "string" }, port: { type: "string" }, wait: { type: "string" } } as const;
  const { values, positionals, tokens } = parseArgs({ args: [...args], allowPositionals: true, strict: false, tokens: true, options });
  const { webhook, port = "4500", wait = "600" } = values;
  const unknown = tokens.find((token) => token.kind === "option" && !Object.hasOwn(options, token.name));
  const strange = unknown
    ? `There is no ${args[unknown.index]}. There are --webhook https://…, --port 4500 and --wait 600.`
    : !isNumber(port, 65_535)
      ? `--port ${port} is no port.`
      : !isNumber(wait, 86_400)
        ? `--wait ${wait} is no number of seconds up to a day.`
        : webhook !== undefined && !(typeof webhook === "string" && URL.canParse(webhook))
          ? `--webhook ${webhook} is no address.`
          : null;
  return { values: { webhook: webhook === undefined ? undefined : String(webhook), port, wait }, positionals, strange };
}

const isNumber = (text: string | boolean, max: number): boolean => typeof text === "string" && /^\d+$/.test(text) && Number(text) <= max;

type Beginning = { name: string; webhook: string | undefined; listener: Listener | null; say: Wish["say"] };

function tellBeginning({ name, webhook, listener, say }: Beginning): void {
  say(`Walking the sandbox of ${name}. No real money moves.`);
  if (webhook)
    say(`Webhooks at ${webhook} must lead to port ${listener?.port} of this machine. Some providers want the address in their panel.`);
}

function tellEnd(walked: readonly Walked[], say: Wish["say"]): number {
  const of = (result: Walked["result"]) => walked.filter((one) => one.result === result).map(({ step }) => step);
  const [wrong, open] = [of("differs"), of("not_checked")];
  say(`${of("as_expected").length} of ${walked.length} steps as expected.`);
  if (wrong.length > 0) say(`Not as expected: ${wrong.join(", ")}.`);
  if (open.length > 0) say(`Could not be checked: ${open.join(", ")}.`);
  if (wrong.length > 0) return exitCodes.differs;
  return open.length > 0 ? exitCodes.notAllChecked : exitCodes.asExpected;
}
