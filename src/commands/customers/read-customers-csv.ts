import { customersImportRowsMax } from "#contracts/customers/limits.ts";
import { type CsvLine, readCsv } from "../csv-records.ts";

/** As spreadsheets name them in our languages. */
const columnWords = {
  name: ["name", "nombre", "nom", "nome", "cliente", "client", "customer"],
  email: ["email", "e_mail", "correo", "correo_electronico", "courriel", "mail"],
  phone: ["phone", "telefono", "telephone", "telefone", "celular", "movil", "whatsapp", "tel"],
  language: ["language", "idioma", "langue", "lengua"],
  since: ["since", "desde", "cliente_desde", "depuis", "client_depuis"],
  note: ["note", "nota", "notas", "notes", "observaciones", "observacoes", "remarques"],
} as const;
export type CustomerColumn = keyof typeof columnWords;
export type CustomerLine = CsvLine<CustomerColumn>;
/** Of our own export: nothing that a file may decide. */
const passedOver = new Set([
  ...["id", "bookings", "no_shows", "last_appointment", "next_appointment"],
  ...["blocked", "full_payment_only"],
]);

export const readCustomersCsv = (text: string) =>
  readCsv<CustomerColumn>(text, {
    words: columnWords,
    passedOver,
    rowsMax: customersImportRowsMax,
    missing: (has) => (has("name") && (has("email") || has("phone")) ? null : "name"),
  });
