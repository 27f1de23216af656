import { connectPayment, paymentProvider } from "#providers/payments/registry.ts";
import { offeredIds, readKeys } from "./keys.ts";
import { type Listener, listenForWebhooks } from "./listen.ts";
import { type Walked, walkSandbox } from "./walk.ts";

export const exitCodes = { asExpected: 0, differs: 1, notAllChecked: 2, cannotBegin: 3 } as const;
export const sandboxArguments = { values: ["webhook", "port", "wait"], words: true } as const;
export type Wish = {
  typed: { values: { webhook?: string; port?: string; wait?: string }; words: readonly string[] };
  environment: Readonly<Record<string, string | undefined>>;
  say(line: string): void;
  pause(ms: number): Promise<void>;
};

/** Answers the exit code. Never throws for what a person may have mistyped. */
export async function runSandbox({ typed, environment, say, pause }: Wish): Promise<number> {
  const cannotBegin = (sentence: string): number => {
    say(sentence);
    return exitCodes.cannotBegin;
  };
  const { webhook: webhookUrl, port, wait, strange } = meant(typed.values);
  if (strange !== null) return cannotBegin(strange);
  const [id = ""] = typed.words;
  const definition = offeredIds().includes(id) ? paymentProvider(id) : null;
  if (!definition) return cannotBegin(`Say which provider: npm run sandbox -- ${offeredIds().join(" | ")}`);
  const { credentials, missing } = readKeys(definition, environment);
  if (missing.length > 0) return cannotBegin(`The sandbox of ${definition.name} needs ${missing.join(", ")} in the environment.`);
  const listener = webhookUrl ? await listenForWebhooks(definition, credentials, Number(port)) : null;
  try {
    const provider = connectPayment({ provider: id, mode: "test", credentials });
    tellBeginning({ name: definition.name, webhook: webhookUrl, listener, say });
    const webhook = webhookUrl && listener ? { url: webhookUrl, listener } : null;
    const waitMs = Number(wait) * 1000;
    return tellEnd(await walkSandbox({ provider, webhook, returnUrl: webhookUrl ?? "https://example.com/", waitMs, say, pause }), say);
  } finally {
    await listener?.stop();
  }
}

/** `strange`: what cannot be meant, as a sentence. */
function meant({ webhook, port = "4500", wait = "600" }: Wish["typed"]["values"]) {
  const strange = !isNumber(port, 65_535)
    ? `--port ${port} is no port.`
    : !isNumber(wait, 86_400)
      ? `--wait ${wait} is no number of seconds up to a day.`
      : webhook !== undefined && !URL.canParse(webhook)
        ? `--webhook ${webhook} is no address.`
        : null;
  return { webhook, port, wait, strange };
}

const isNumber = (text: string, max: number): boolean => /^\d+$/.test(text) && Number(text) <= max;

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
