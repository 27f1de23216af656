import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { detailsResolver } from "#app/book/[id]/(wizard)/details/details-values.ts";
import { professionalChanges, tenantChanges } from "#contracts/catalog.ts";
import { checkoutAnswer } from "#contracts/checkout.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { customerOfTests, hold, pay, slotStart, state } from "../support/customer.ts";
import { eventually, settled } from "../support/end-state.ts";
import { type OwnWorld, startWorld } from "../support/world.ts";
import { ask, expectProblem, expectShape } from "./request.ts";

let world: OwnWorld;
let clinic: Clinic;
let nextSlot = 0;
beforeAll(async () => {
  world = await startWorld();
  clinic = await openClinic(world);
});
afterAll(() => world.stop());

type Field = "name" | "email" | "phone";
type Customer = typeof customerOfTests;

async function book(customer: Customer) {
  const slot = nextSlot++;
  const { body } = await hold(world, clinic, { start: slotStart(Math.floor(slot / 40) * 48 + (slot % 40)) });
  const json = { link: clinic.link, holdId: body.id, customer, acceptedTerms: true, provider: "wompi" };
  return ask(world, "/api/bookings", { session: body.session, json });
}
async function stored(answer: Awaited<ReturnType<typeof book>>): Promise<Customer> {
  expect(answer.status, answer.text).toBe(201);
  const { rows } = await world.owner.query<Customer>(
    "select customer_name as name, customer_email as email, customer_phone as phone from checkout where id = $1",
    [expectShape(checkoutAnswer, answer.body).id],
  );
  return rows[0] ?? { name: "", email: "", phone: "" };
}
/** What the page says before it sends: the field's problem, or nothing. */
async function atPage(customer: Customer, field: Field): Promise<string | undefined> {
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await detailsResolver([])({ ...customer, answers: {}, acceptedTerms: true }, undefined, options);
  return errors[field]?.type?.toString();
}

const taken: [field: Field, given: string, kept: string][] = [
  ["name", "\u200BAna\u200B Pérez\uFEFF", "Ana Pérez"],
  ["name", "Ana\u00A0María\u202FPérez", "Ana María Pérez"],
  ["name", "Jose\u0301 Pe\u0301rez", "José Pérez"],
  ["name", "\u202AAna\u202C \u200Fمنى", "Ana منى"],
  ["name", "علی\u200Cرضا", "علی\u200Cرضا"],
  ["name", "Marie\u2011Claire O’Neil", "Marie-Claire O’Neil"],
  ["name", "李明", "李明"],
  ["email", "r&d@example.com", "r&d@example.com"],
  ["email", "ana/ventas@example.com", "ana/ventas@example.com"],
  ["email", "o'neil+{x}|y@example.com", "o'neil+{x}|y@example.com"],
  ["email", "\u200Bana@example.com\u00A0", "ana@example.com"],
  ["email", "ana@correo\u2011nuevo.example", "ana@correo-nuevo.example"],
  ["email", "ana@Müller.example", "ana@xn--mller-kva.example"],
  ["email", "ana@例え.テスト", "ana@xn--r8jz45g.xn--zckzah"],
  ["email", "mailto:ana@example.com", "ana@example.com"],
  ["email", "ana＠example。com", "ana@example.com"],
  ["email", "Ana Pérez <ana@example.com>", "ana@example.com"],
  ["email", "<ana@example.com>;", "ana@example.com"],
  ["email", "ana@example.com.", "ana@example.com"],
  ["phone", "\u202A+57 300\u00A0123\u20114567\u202C", "+573001234567"],
  ["phone", "\u202D300–123–4567\u202C", "+573001234567"],
  ["phone", "300\u200B1234567", "+573001234567"],
  ["phone", "300/123.4567", "+573001234567"],
  ["phone", "３００１２３４５６７", "+573001234567"],
  ["phone", "٣٠٠١٢٣٤٥٦٧", "+573001234567"],
  ["phone", "tel:+57-300-123-4567", "+573001234567"],
  ["phone", "0057 300 123 4567", "+573001234567"],
  ["phone", "+52 1 55 1234 5678", "+525512345678"],
  ["phone", "601 765 4321", "+576017654321"],
  ["phone", "+57 1 765 4321", "+576017654321"],
  ["phone", "601 7654321 ext. 12", "+576017654321;ext=12"],
  ["phone", "601 7654321 x12", "+576017654321;ext=12"],
  ["phone", "(601) 7654321 #12", "+576017654321;ext=12"],
  ["phone", "601 7654321 extensión 12", "+576017654321;ext=12"],
  ["phone", "+57 601 7654321;ext=12", "+576017654321;ext=12"],
  ["phone", "601 7654321 ramal 12", "+576017654321;ext=12"],
  ["phone", "+33 1 42 34 56 78, poste 12", "+33142345678;ext=12"],
  ["phone", "+57\t300\t1234567\t", "+573001234567"],
  ["phone", "Cel. 300 123 4567,", "+573001234567"],
  ["phone", "tel: 300 123 4567", "+573001234567"],
  ["phone", "WhatsApp: +57 300 123 4567", "+573001234567"],
];

describe("what people type and paste is tidied and taken, and the page does not stand in its way", () => {
  test.each(taken)("%s %j", async (field, given, kept) => {
    const customer = { ...customerOfTests, [field]: given };
    expect((await stored(await book(customer)))[field]).toBe(kept);
    expect(await atPage(customer, field)).toBeUndefined();
  });
});

type Code = "invalid_request" | "phone_invalid" | "email_unsendable";
const refused: [field: Field, given: string, code: Code, page: string | undefined][] = [
  ["name", "\u200B\u200D\u2060\uFEFF", "invalid_request", "invalid"],
  ["name", "\u3164\u3164\u115F", "invalid_request", "invalid"],
  ["name", "\u2800\u2800\u2800", "invalid_request", "invalid"],
  ["name", "👩🏽‍⚕️ … !!", "invalid_request", "invalid"],
  ["name", "a".repeat(101), "invalid_request", "invalid"],
  ["name", "Ana\u2028Bcc: x@example.com", "invalid_request", "invalid"],
  ["email", "josé@example.com", "email_unsendable", "unsendable"],
  ["email", "ana@example", "invalid_request", "invalid"],
  ["email", "ana@127.0.0.1", "invalid_request", "invalid"],
  ["email", "ana@example.com:25", "invalid_request", "invalid"],
  ["email", "ana@ex%61mple.com", "invalid_request", "invalid"],
  ["email", "ana..maria@example.com", "invalid_request", "invalid"],
  ["email", `${"a".repeat(65)}@example.com`, "invalid_request", "invalid"],
  ["email", "ana@example.com, b@example.com", "invalid_request", "invalid"],
  ["email", "Ana\r\nBcc: b <ana@example.com>", "invalid_request", "invalid"],
  ["email", "b@example.com <ana@example.com>", "invalid_request", "invalid"],
  ["phone", "300 123", "phone_invalid", undefined],
  ["phone", "+999 123456789", "phone_invalid", undefined],
  ["phone", "300 123 4567\r\nX: y", "phone_invalid", "invalid"],
  ["phone", "call me", "phone_invalid", "invalid"],
  ["phone", "300 123 4567, 301 765 4321", "phone_invalid", "invalid"],
];

describe("what cannot be used is refused at its field, with a code", () => {
  test.each(refused)("%s %j: %s", async (field, given, code, page) => {
    const customer = { ...customerOfTests, [field]: given };
    expect(expectProblem(await book(customer), code)).toEqual([`customer.${field}`]);
    expect(await atPage(customer, field)).toBe(page);
  });
});

test("the merchant's and the professional's addresses are read by the same rule", () => {
  expect(tenantChanges.parse({ notifyEmail: "\u200Br&d/citas@Müller.example" })).toEqual({
    notifyEmail: "r&d/citas@xn--mller-kva.example",
  });
  expect(professionalChanges.safeParse({ email: "josé@example.com" }).success).toBe(false);
});

test("a mail reaches an address with every character that may stand before the @, and shows the extension in words", async () => {
  const email = "r&d/o'neil+{x}|y!#$%*=?^_`~-z@münchen.example";
  const answer = await book({ ...customerOfTests, email, phone: "601 7654321 ext. 12" });
  const booking = expectShape(checkoutAnswer, answer.body);
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settled(world, booking.id);
  const { mails } = (await (await fetch(`${world.simulatorsUrl}/mail/state`)).json()) as { mails: { to: string[]; text: string }[] };
  // The simulator shows xn-- domains in their own letters.
  expect(mails.filter(({ to }) => JSON.stringify(to) === JSON.stringify([email]))).toHaveLength(1);
  expect(mails.filter(({ text }) => text.includes("+576017654321 ext. 12")).length).toBeGreaterThan(0);
});
