import { bookingsCsvLengthMax, bookingsImportRowsMax, bookingsPerPageMax } from "../../desk/booking-limits.ts";
import { type BookingsImportAnswer, bookingsImport, bookingsImportAnswer } from "../../desk/bookings-import.ts";
import { type BookingRow, bookingFilters, bookingsPage, bookingsQuery } from "../../desk/bookings-list.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";

const filterWords = {
  status: "`pending`, `paid`, `confirmed`, `failed`, `expired` or `cancelled`.",
  service: "The id of a service.",
  professional: "The id of a professional. Staff find only themselves.",
  from: "First day of the appointments (YYYY-MM-DD) in the merchant's zone.",
  to: "Last day, inclusive, in the merchant's zone.",
  search:
    "Part of the customer's name or e-mail address, without regard to accents and order of words; part of the phone number, with spaces or without, with its prefix or without; the whole reference of a payment; a booking's id. A word of one or two letters must be a whole word. Three words count, the longest ones. Whoever may not see phone numbers does not search them.",
  order:
    "`newest`, the default: the latest appointment first. `soonest`: the next one first, from today on unless `from` names another day.",
};

const example: BookingRow = {
  id: "0199c0de-0000-7000-8000-000000000001",
  reference: "KF-7M2Q9X4C1V8B3N6Z5D0FHE",
  startsAt: "2026-11-23T13:00:00.000Z",
  endsAt: "2026-11-23T13:45:00.000Z",
  service: { id: "01900000-0000-7000-8000-000000000011", name: "Consulta de medicina general" },
  professional: { id: "01900000-0000-7000-8000-000000000021", name: "Laura Restrepo" },
  customer: { name: "Ana María Pérez", email: "ana@example.com", phone: "+573001234567" },
  status: "confirmed",
  paymentStatus: "paid",
  attendance: null,
  amountMinor: 12_000_000,
  chargedMinor: 12_000_000,
  openMinor: 0,
  currency: "COP",
  mode: "production",
  link: { id: "01900000-0000-7000-8000-000000000002", name: "Instagram" },
  campaign: { utm_source: "instagram" },
  createdAt: "2026-11-21T15:03:27.000Z",
};

const importExample: BookingsImportAnswer = {
  rows: [
    {
      line: 2,
      start: "2026-11-23T13:00:00.000Z",
      service: example.service.name,
      professional: example.professional.name,
      name: example.customer.name,
      fate: "new",
    },
  ],
  timezone: "America/Bogota",
  counts: { new: 1, known: 0, twice: 0, past: 0 },
  problems: [],
  problemsCount: 0,
  created: 0,
};

const read = { ...merchantRead, permission: "bookings.read" } as const;

/** Who comes, when, and what they paid. Staff get their own bookings alone. */
export const bookingsListOperations = [
  {
    ...read,
    id: "listBookings",
    path: "/api/bookings",
    summary: "Bookings, the latest appointment first",
    query: described(bookingsQuery, {
      ...filterWords,
      cursor: "`nextCursor` of the page before, with the same filters and order.",
      limit: `Bookings on a page, at most ${bookingsPerPageMax}; 50 by default.`,
    }),
    answer: json(200, bookingsPage, "`nextCursor` is null on the last page.", { bookings: [example], nextCursor: null }),
  },
  {
    ...read,
    id: "exportBookings",
    path: "/api/bookings.csv",
    summary: "Bookings as a file for spreadsheets",
    query: described(bookingFilters, filterWords),
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma, all that the filters leave. Dates and times are in the merchant's zone, amounts in whole units of the currency. A text that begins like a formula has an apostrophe in front. A booking that is moved while the file is written may be missing or stand there twice.",
    },
  },
  {
    ...merchantChange,
    permission: "bookings.change",
    id: "importBookings",
    methods: ["post"],
    path: "/api/bookings/import",
    summary: "Add bookings of another tool from a CSV, past and future ones",
    body: bookingsImport,
    bodyBytesMax: bookingsCsvLengthMax + 100_000,
    bodyExamples: {
      trial: {
        csv: "date,time,service,professional,name,email,phone,price,note\n2026-11-23,08:00,Consulta de medicina general,Laura Restrepo,Ana María Pérez,ana@example.com,300 123 4567,120000,\n",
        isTrial: true,
      },
    },
    answer: json(
      200,
      bookingsImportAnswer,
      `What the lines mean, and what is wrong. If anything is, nothing is added. Each new line becomes a confirmed booking whose money was taken elsewhere: nothing is due, mailed or called back. A future one takes its time as every booking does, or is refused with \`slot_taken\`. A line that is a booking already, or stands above, adds nothing. At most ${bookingsImportRowsMax} lines. Columns may be named in English, Spanish, French or Portuguese.`,
      importExample,
    ),
  },
] as const satisfies readonly Operation[];
