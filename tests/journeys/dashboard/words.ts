import { readFileSync } from "node:fs";
import { join } from "node:path";
import type professionals from "#messages/professionals/es.json";

const folder = join(import.meta.dirname, "..", "..", "..", "messages");

export function professionalWords(locale: "es" | "fr"): (typeof professionals)["professionals"] {
  return (JSON.parse(readFileSync(join(folder, "professionals", `${locale}.json`), "utf8")) as typeof professionals).professionals;
}
