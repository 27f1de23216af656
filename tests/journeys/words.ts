import { readFileSync } from "node:fs";
import { join } from "node:path";
import type messages from "#messages/es.json";

const folder = join(import.meta.dirname, "..", "..", "messages");

/** What the pages say in a language. */
export function wordsOf(locale: "es" | "fr"): typeof messages {
  return JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8")) as typeof messages;
}

/** A sentence of the catalogue with its placeholders left open. */
export function saying(text: string): RegExp {
  const parts = text.split(/\{\w+\}|<\/?\w+>/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/\s+/g, "\\s+"));
  return new RegExp(parts.join(".*"));
}

/** `$ 95.000` and `95 000 $` are the same amount of money: 95000. */
export const digits = (text: string): string => text.replaceAll(/\D/g, "");
