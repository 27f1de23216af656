import { importRowsMax } from "#contracts/links/links.ts";
import { type CsvLine, readCsv } from "../csv-records.ts";

/** As spreadsheets name them in both languages. */
const columnWords = {
  name: ["name", "nombre", "nom", "nome"],
  public_id: ["public_id", "publicid", "id_publico", "identificador"],
  service: ["service", "servicio", "servico"],
  professional: ["professional", "profesional", "professionnel", "profissional"],
  expires_at: ["expires_at", "expires", "vence", "caduca", "expira", "expire"],
} as const;
export type LinkColumn = keyof typeof columnWords;
export type LinkLine = CsvLine<LinkColumn>;

export const readLinksCsv = (text: string) =>
  readCsv<LinkColumn>(text, { words: columnWords, rowsMax: importRowsMax, missing: (has) => (has("name") ? null : "name") });
