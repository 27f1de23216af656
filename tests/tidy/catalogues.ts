import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

export const locales = ["es", "en", "fr", "pt"];
export type Catalogue = { [key: string]: string | Catalogue };

/** Compares the other languages with Spanish, the source of keys: same keys, same placeholders. */
export function catalogueComplaints(catalogues: Record<string, Catalogue>): string[] {
  const source = flat(catalogues["es"] ?? {});
  return Object.entries(catalogues).flatMap(([locale, catalogue]) => {
    const words = flat(catalogue);
    const missing = [...source.keys()].filter((key) => !words.has(key)).map((key) => `${locale}: ${key} is missing`);
    const extra = [...words.keys()].filter((key) => !source.has(key)).map((key) => `${locale}: ${key} is not in es`);
    const different = [...words].flatMap(([key, text]) => differs(locale, key, source.get(key), text));
    return [...missing, ...extra, ...different];
  });
}

function differs(locale: string, key: string, source: string | undefined, text: string): string[] {
  if (text.trim() === "") return [`${locale}: ${key} is empty`];
  const have = placeholders(text);
  if (have === undefined) return [`${locale}: ${key} is not a valid message`];
  const want = source === undefined ? have : placeholders(source);
  return want === undefined || want === have
    ? []
    : [`${locale}: ${key} has the placeholders ${have || "(none)"} instead of ${want || "(none)"}`];
}

/** Names and kinds of everything that is filled in, tags included; undefined when the message cannot be read. */
function placeholders(text: string): string | undefined {
  try {
    return [...new Set(namesIn(parse(text)))].sort().join(", ");
  } catch {
    return undefined;
  }
}

function namesIn(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const name = `${element.value}:${TYPE[element.type]}`;
    if (element.type === TYPE.tag) return [name, ...namesIn(element.children)];
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      return [name, ...Object.values(element.options).flatMap((option) => namesIn(option.value))];
    }
    return [name];
  });
}

function flat(catalogue: Catalogue, prefix = ""): Map<string, string> {
  const pairs = Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(pairs);
}
