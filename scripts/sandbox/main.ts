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
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { webhook: { type: "string" }, port: { type: "string", default: "4500" }, wait: { type: "string", default: "600" } },
  });
  const [id = ""] = positionals;
  const definition = offeredIds().includes(id) ? paymentProvider(id) : null;
  const cannotBegin = (sentence: string): number => {
    say(sentence);
    return exitCodes.cannotBegin;
  };
  if (!definition) return cannotBegin(`Say which provider: npm run sandbox -- ${offeredIds().join(" | ")}`);
  const { credentials, missing } = readKeys(definition, environment);
  if (missing.length > 0) return cannotBegin(`The sandbox of ${definition.name} needs ${missing.join(", ")} in the environment.`);
  if (values.webhook !== undefined && !URL.canParse(values.webhook)) return cannotBegin(`${values.webhook} is no address.`);
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
