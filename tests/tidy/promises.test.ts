import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Catalogue, locales } from "./catalogues.ts";
import { promiseComplaints } from "./promises.ts";

const read = (path: string): Catalogue => JSON.parse(readFileSync(path, "utf8"));
const catalogues = Object.fromEntries(
  locales.map((locale) => [
    locale,
    { page: read(`messages/${locale}.json`), mail: read(`messages/mail/${locale}.json`), shop: read(`messages/shop/${locale}.json`) },
  ]),
);

test("every text that promises a message names a follow-up that keeps it", () => {
  expect(promiseComplaints(catalogues)).toEqual([]);
});

test("a promise without a follow-up, one of an unknown follow-up, and an entry without a promise are told", () => {
  const es = { page: { a: "Te escribiremos mañana.", b: "Nada." } };
  expect(promiseComplaints({ es }, {})).toEqual(["page.a promises a message, and no follow-up keeps it"]);
  expect(promiseComplaints({ es }, { "page.a": ["booking.paid mail-customer-paid"] })).toEqual([]);
  expect(promiseComplaints({ es }, { "page.a": ["booking.expired mail-customer-paid"], "page.b": [] })).toEqual([
    "page.b promises nothing",
    "page.a: nothing runs booking.expired mail-customer-paid",
  ]);
});
