import { pathsUnder, type SourceFile } from "./source.ts";

/** The rooms that must work with any provider. `contracts` show one in their examples. */
export const roomsWithoutNames = ["commands", "queries", "platform", "domain", "jobs", "http", "contracts"].map((room) => `src/${room}`);
const examples = /^src\/contracts\/[\w/-]*examples\.ts$/;

/** These tests run with whichever payment provider is under test; rooms have one provider only. */
export const testsOfAnyProvider = ["engine", "silence", "races", "model", "storm", "crash"].map((room) => `tests/${room}`);

/** Words of their own; who means the providers writes `freeProvider` and `onSiteProvider`. */
const plainWords = ["none", "on-site"];
/** Providers of the documents that have no folder yet. */
const expected = ["mercado pago", "stripe", "bold", "addi"];

/** A provider has a folder: `src/providers/payments/wompi`. */
export function providerNames(): string[] {
  const folders = pathsUnder("src/providers").flatMap((path) => /^src\/providers\/\w+\/([\w-]+)\//.exec(path)?.[1] ?? []);
  // A name of two words is found also without its space.
  const inWords = folders.map((folder) => expected.find((name) => name.replaceAll(" ", "") === folder) ?? folder);
  return [...new Set([...inWords, ...expected])].filter((name) => !plainWords.includes(name));
}

export function paymentProviderNames(): string[] {
  const rooms = new Set(pathsUnder("src/providers/rooms").flatMap((path) => path.split("/").at(-2) ?? []));
  return providerNames().filter((name) => !rooms.has(name));
}

/** Lines that name a provider, in code, texts or comments: `wompi`, `connectWompi`, `WOMPI_API_URL`, `x-bold-signature`. */
export function namedProviders(files: SourceFile[], names: string[]): string[] {
  return files
    .filter(({ path }) => !examples.test(path))
    .flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, index) => {
        const words = ` ${wordsOf(line)} `;
        return names
          .filter((name) => words.includes(` ${name} `) || words.includes(` ${name.replaceAll(" ", "")} `))
          .map((name) => `${path}:${index + 1} names ${name}`);
      }),
    );
}

/** `connectWompi("x-event")` as `connect wompi x event`. */
function wordsOf(line: string): string {
  return line
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ");
}

/** Values and fields of a provider's own contract and of its simulator; ours are told in payers/payer.ts. */
const foreignWords = [
  "APPROVED|DECLINED|VOIDED|PENDING|ERROR|IN_REVIEW",
  "CARD|NEQUI|PSE",
  "amountInCents|amount_in_cents|transactionIds|transaction\\.updated",
  "publicKey|privateKey|eventsSecret|integritySecret|eventsUrl",
  "decline_then_retry|unknownStatus|expiredApprovals|event(?:Copies|DelaySeconds|Properties|Currency|Reference)",
  "api(?:Status|Failures|DelayMs|Lag)",
  "only_cards_can_be_voided",
];
const foreign = new RegExp(`\\b(?:${foreignWords.join("|")})\\b`);

/** Lines that speak a provider's language instead of ours. */
export function foreignLines(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const word = foreign.exec(line)?.[0];
      return word ? [`${path}:${index + 1} says ${word}`] : [];
    }),
  );
}

/** What is known of a payment's place: `connection.provider`, `providerId`, `provider.id`. */
const provider = String.raw`\b(?:\w+\??\.)*(?:provider|providerId|provider\??\.id|definition\??\.id)`;
const text = String.raw`["'\x60]`;
/**
 * A comparison with a text, a switch, or a list of texts that is searched. An export of the registry
 * (`freeProvider`) is no text: it stands for a fact, and is named where the providers live.
 */
const switches = [
  new RegExp(String.raw`${provider}\)?\s*[=!]==?\s*${text}`),
  new RegExp(String.raw`${text}\s*[=!]==?\s*${provider}\b`),
  new RegExp(String.raw`\bswitch\s*\(\s*${provider}\s*\)`),
  new RegExp(String.raw`\[[^\]]*${text}[^\]]*\]\.includes\(\s*${provider}\s*\)`),
  new RegExp(String.raw`${provider}\)?\.(?:startsWith|endsWith|includes|match)\(\s*${text}`),
];

/** Lines that ask for a provider's name instead of what it can do. */
export function providerSwitches(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text: lines }) =>
    lines.split("\n").flatMap((line, index) => (switches.some((way) => way.test(line)) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}
