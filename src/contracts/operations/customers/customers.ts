import { z } from "zod";
import {
  customer,
  customerChange,
  customerErased,
  customerErasure,
  customerNote,
  customerRestrictions,
  customersFilters,
  customersPage,
  customersQuery,
  mergePreview,
} from "#contracts/customers/customers.ts";
import { customersImport, customersImportAnswer } from "#contracts/customers/import.ts";
import { customersCsvLengthMax, customersImportRowsMax, customersPerPageMax } from "#contracts/customers/limits.ts";
import { personalExport } from "#contracts/customers/personal-export.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { customerExample, customerRowExample, customersImportExample, mergeExample, personalExportExample } from "./examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The customer's id." }, "customer_unknown");
const mergeParams = described(
  z.object({ id: z.uuid(), other: z.uuid() }),
  { id: "The id of the customer who is kept.", other: "The id of the double." },
  "customer_unknown",
);
const filterWords = {
  search:
    "Part of the name or e-mail address, without regard to accents and order of words; part of the phone number. An address or number that was given besides is found whole.",
  only: "`blocked`, or `full_payment`.",
};
const read = { ...merchantRead, permission: "customers.read" } as const;
const change = { ...merchantChange, permission: "customers.change" } as const;
const afterwards = (description: string) => json(200, customer, description, customerExample);

/** Who buys. Staff see none of it: they have the bookings of their own. */
export const customerOperations = [
  {
    ...read,
    id: "listCustomers",
    path: "/api/customers",
    summary: "Customers, newest first",
    query: described(customersQuery, {
      ...filterWords,
      cursor: "`nextCursor` of the page before, with the same filters.",
      limit: `Customers on a page, at most ${customersPerPageMax}; 50 by default.`,
    }),
    answer: json(200, customersPage, "Somebody becomes a customer when they pay, or by an import. `nextCursor` is null on the last page.", {
      customers: [customerRowExample],
      nextCursor: null,
    }),
  },
  {
    ...read,
    id: "exportCustomers",
    path: "/api/customers.csv",
    summary: "Customers as a file for spreadsheets",
    query: described(customersFilters, filterWords),
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma, all that the filters leave. `POST /api/customers/import` reads it. A text that begins like a formula has an apostrophe in front.",
    },
  },
  {
    ...change,
    id: "importCustomers",
    methods: ["post"],
    path: "/api/customers/import",
    summary: "Add customers from a CSV",
    body: customersImport,
    bodyBytesMax: customersCsvLengthMax + 100_000,
    bodyExamples: { trial: { csv: "name,email,phone\nAna María Pérez,ana@example.com,300 123 4567\n", isTrial: true } },
    answer: json(
      200,
      customersImportAnswer,
      `What the lines mean, and what is wrong. If anything is, nobody is added. Lines of people who are customers already, or who stand above, add nobody. At most ${customersImportRowsMax} lines. Columns may be named in English, Spanish, French or Portuguese.`,
      customersImportExample,
    ),
  },
  {
    ...read,
    id: "getCustomer",
    path: "/api/customers/{id}",
    summary: "One customer: bookings, money, notes, possible doubles",
    params,
    answer: afterwards("Of a double that was merged, the customer who was kept."),
  },
  {
    ...change,
    id: "updateCustomer",
    methods: ["patch"],
    path: "/api/customers/{id}",
    summary: "Correct a customer's name, address, number or language; their bookings keep what was given then",
    params,
    body: customerChange,
    bodyExamples: { name: { version: 1, name: "Ana María Pérez Gómez" } },
    answer: afterwards("The customer as they are now. Former addresses and numbers still lead to them."),
    refusals: ["changed_meanwhile", "customer_exists", "phone_invalid"],
  },
  {
    ...change,
    id: "addCustomerNote",
    methods: ["post"],
    path: "/api/customers/{id}/notes",
    summary: "Keep a note about a customer for the merchant's people; no mail and no callback has it",
    takesKey: "beside_proof",
    params,
    body: customerNote,
    bodyExamples: { note: { text: "Alérgica a la penicilina." } },
    answer: afterwards("`notes` has it, with who wrote it and when."),
    refusals: ["limit_reached"],
  },
  {
    ...change,
    id: "restrictCustomer",
    methods: ["put"],
    path: "/api/customers/{id}/restrictions",
    summary: "Block a customer from booking online, or offer them no deposit; null lifts it",
    params,
    body: customerRestrictions,
    bodyExamples: { fullPayment: { fullPayment: { reason: "No llegó dos veces." } }, lifted: { blocked: null } },
    answer: afterwards(
      "It counts from the next request on, by any of their addresses and numbers. What is booked stays. People at the desk may still book for them.",
    ),
  },
  {
    ...read,
    id: "previewMerge",
    path: "/api/customers/{id}/merge/{other}",
    summary: "What would become of two customers who are one person",
    params: mergeParams,
    answer: json(200, mergePreview, "`after` is the one who is kept. Their name, address, number and language stay.", mergeExample),
    refusals: ["customer_merged"],
  },
  {
    ...change,
    id: "mergeCustomers",
    methods: ["post"],
    path: "/api/customers/{id}/merge/{other}",
    summary: "Merge a double into a customer",
    params: mergeParams,
    answer: afterwards("Bookings, notes, addresses, numbers and restrictions of both. It may be undone until the end of the day."),
    refusals: ["customer_merged"],
  },
  {
    ...change,
    id: "undoMerge",
    methods: ["delete"],
    path: "/api/customers/{id}/merge/{other}",
    summary: "Take a merge back, on the day on which it was made, in the merchant's zone",
    params: mergeParams,
    answer: afterwards("Each has again what was theirs."),
    refusals: ["customer_not_merged", "merge_settled"],
  },
  {
    ...read,
    permission: "customers.change",
    id: "exportPerson",
    path: "/api/customers/{id}/export",
    summary: "All that is kept of one person, for that person",
    params,
    answer: json(200, personalExport, "Personal answers are opened. The audit log says who made it.", personalExportExample),
  },
  {
    ...change,
    id: "eraseCustomer",
    methods: ["post"],
    path: "/api/customers/{id}/erase",
    summary: "Erase one person's data for good; money and appointments stay, without a name",
    params,
    body: customerErasure,
    bodyExamples: { ana: { name: customerExample.name } },
    answer: json(200, customerErased, "How many bookings lost their name. Mails and callbacks that were sent are not called back.", {
      bookings: 1,
    }),
    refusals: ["customer_name_differs", "customer_has_bookings", "customer_has_orders", "customer_has_refunds", "customer_is_paying"],
  },
] as const satisfies readonly Operation[];
