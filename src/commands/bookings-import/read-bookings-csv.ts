import { bookingsImportRowsMax } from "#contracts/desk/booking-limits.ts";
import { type CsvLine, readCsv } from "../csv-records.ts";

/** As other tools and spreadsheets name them in our languages. */
const columnWords = {
  date: ["date", "fecha", "data", "dia", "day", "jour"],
  time: ["time", "hora", "heure", "horario", "hour", "start", "inicio"],
  service: ["service", "servicio", "servico", "prestation"],
  professional: ["professional", "profesional", "professionnel", "professionnelle", "profissional", "staff", "praticien"],
  name: ["name", "nombre", "nom", "nome", "cliente", "client", "customer"],
  email: ["email", "e_mail", "correo", "correo_electronico", "courriel", "mail"],
  phone: ["phone", "telefono", "telephone", "telefone", "celular", "movil", "whatsapp", "tel"],
  price: ["price", "precio", "prix", "preco", "valor"],
  note: ["note", "nota", "notas", "notes", "observaciones", "observacoes", "remarques"],
} as const;
export type BookingColumn = keyof typeof columnWords;
export type BookingLine = CsvLine<BookingColumn>;
const needed: readonly BookingColumn[] = ["date", "time", "service", "professional", "name"];

/**
 * An unknown title is refused: a column `status` may say that a booking was cancelled, and nobody
 * would see it.
 */
export const readBookingsCsv = (text: string) =>
  readCsv<BookingColumn>(text, {
    words: columnWords,
    rowsMax: bookingsImportRowsMax,
    missing: (has) => needed.find((name) => !has(name)) ?? (has("email") || has("phone") ? null : "email"),
  });
