import { pathsUnder, type SourceFile } from "./source.ts";

/** The rooms that must work with any provider. `contracts` show one in their examples. */
export const roomsWithoutNames = ["commands", "queries", "platform", "domain", "jobs", "http", "contracts"].map((room) => `src/${room}`);
const examples = /^src\/contracts\/[\w/-]*examples\.ts$/;

/** `none` is a word of its own; who means the provider writes `freeProvider`. */
const plainWords = ["none"];
/** Providers of the documents that have no folder yet. */
const expected = ["mercado pago", "stripe", "bold", "addi"];

/** A provider has a folder: `src/providers/payments/wompi`. */
export function providerNames(): string[] {
  const folders = pathsUnder("src/providers").flatMap((path) => /^src\/providers\/\w+\/([\w-]+)\//.exec(path)?.[1] ?? []);
  return [...new Set([...folders, ...expected])].filter((name) => !plainWords.includes(name));
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
