import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { checkoutAnswer } from "#contracts/checkout.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { type Asked, ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let nextSlot = 0;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

const ana = { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" };
/** A free half hour that no other test wants; every day has 47. */
const freeSlot = () => slotStart(Math.floor(nextSlot / 40) * 48 + (nextSlot++ % 40));

async function heldBy(start = freeSlot()) {
  const { status, body } = await stage.hold(clinic, { start });
  expect(status, body.code).toBe(201);
  return { holdId: body.id, session: body.session };
}

type Fields = Record<string, unknown>;
async function book(fields: Fields = {}, asked: Asked = {}) {
  const own = await heldBy();
  return ask(stage, "/api/bookings", {
    session: own.session,
    json: { link: clinic.link, holdId: own.holdId, customer: ana, acceptedTerms: true, provider: "wompi", ...fields },
    ...asked,
  });
}
const bookAs = (customer: Fields) => book({ customer: { ...ana, ...customer } });
async function stored(answer: { body: unknown }) {
  const { id } = expectShape(checkoutAnswer, answer.body);
  return (
    await stage.owner.query(
      "select customer_name as name, customer_email as email, customer_phone as phone, locale from checkout where id = $1",
      [id],
    )
  ).rows[0];
}

describe("POST /api/bookings", () => {
  test("goes from the hold to the payment page", async () => {
    const answer = await book();
    expect(answer.status).toBe(201);
    const booking = expectShape(checkoutAnswer, answer.body);
    expect(booking).toMatchObject({ status: "pending", paymentStatus: "pending", amountMinor: 10_000_000, currency: "COP" });
    expect(booking.checkoutUrl).toContain(booking.reference);
    expect(booking.token).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(Date.parse(booking.expiresAt)).toBeGreaterThan(Date.now());
  });

  test("the same hold again gives the same booking and the same payment page", async () => {
    const own = await heldBy();
    const asked = {
      session: own.session,
      json: { link: clinic.link, holdId: own.holdId, customer: ana, acceptedTerms: true, provider: "wompi" },
    };
    const [first, second] = [await ask(stage, "/api/bookings", asked), await ask(stage, "/api/bookings", asked)];
    expect(second.body).toEqual(first.body);
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => ask(stage, "/api/bookings", asked)));
    for (const answer of atOnce) expect(answer.body).toEqual(first.body);
  });

  test("a repeat with the same Idempotency-Key gives the same answer; with another body it is refused", async () => {
    const own = await heldBy();
    const json = { link: clinic.link, holdId: own.holdId, customer: ana, acceptedTerms: true, provider: "wompi" };
    const asked = { session: own.session, json, headers: { "idempotency-key": randomUUID() } };
    const answers = await Promise.all([ask(stage, "/api/bookings", asked), ask(stage, "/api/bookings", asked)]);
    expect(answers[0]?.status).toBe(201);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expectProblem(
      await ask(stage, "/api/bookings", { ...asked, json: { ...json, customer: { ...ana, name: "Otra" } } }),
      "idempotency_key_reused",
    );
    expectProblem(await ask(stage, "/api/bookings", { ...asked, headers: { "idempotency-key": "x".repeat(256) } }), "invalid_request");
  });

  test.each([
    ["a Colombian mobile number as people write it", "300 123 4567", "+573001234567"],
    ["with dashes and brackets", "(300) 123-4567", "+573001234567"],
    ["with the country", "+57 300 1234567", "+573001234567"],
    ["a Colombian landline", "601 7654321", "+576017654321"],
    ["a French number", "+33 6 12 34 56 78", "+33612345678"],
    ["a Mexican number", "+52 55 1234 5678", "+525512345678"],
    ["an American number", "+1 212 555 2368", "+12125552368"],
  ])("a phone: %s", async (_name, phone, expected) => {
    expect(await stored(await bookAs({ phone }))).toMatchObject({ phone: expected });
  });

  test.each(["12345", "300 123 456", "06 12 34 56 78 90 12", "+57 123", "abcdefghij", "+999 123456789"])(
    "%j is no phone number of Colombia, nor an international one",
    async (phone) => {
      expect(expectProblem(await bookAs({ phone }), "phone_invalid")).toEqual(["customer.phone"]);
    },
  );

  test.each([
    "Ñandú Güiña Åström",
    "李小龍",
    "Łukasz O’Brien-Świętosławski",
    "👩🏽‍⚕️ Dra. Ana",
    "X Æ A-12",
    "a".repeat(100),
    'Ana "La Jefa" & Hijos',
  ])("%j is a name, and is kept as it was given", async (name) => {
    expect(await stored(await bookAs({ name }))).toMatchObject({ name });
  });

  test("spaces around a name are cut off", async () => {
    expect(await stored(await bookAs({ name: "  Ana  " }))).toMatchObject({ name: "Ana" });
  });

  test.each([
    "",
    "A",
    " A ",
    "a".repeat(101),
    "<b>Ana</b>",
    "Ana <ana@x.co>",
    "Ana\nBcc: x@example.com",
    "Ana\tPérez",
    "Ana\u0007",
    "Ana\u0085Pérez",
    5,
    null,
  ])("%j is no name", async (name) => {
    expect(new Set(expectProblem(await bookAs({ name }), "invalid_request"))).toEqual(new Set(["customer.name"]));
  });

  test.each([
    "",
    "ana",
    "ana@",
    "ana@example",
    "ana@exam ple.com",
    "ana@example.com\nBcc: x@example.com",
    "a@b.co, c@d.co",
    "<ana@example.com> <x@example.com>",
    `${"a".repeat(250)}@example.com`,
    null,
  ])("%j is no mail address", async (email) => {
    expect(expectProblem(await bookAs({ email }), "invalid_request")).toEqual(["customer.email"]);
  });

  test.each([false, "true", 1, null, undefined])("terms that are %j are not accepted", async (acceptedTerms) => {
    expect(expectProblem(await book({ acceptedTerms }), "invalid_request")).toEqual(["acceptedTerms"]);
  });

  test("every wrong field is named at once, as it stands in the body that was meant", async () => {
    const paths = expectProblem(
      await book({ customer: { name: "", email: "x", phone: "1", age: 5 }, acceptedTerms: false, provider: "", locale: "de" }),
      "invalid_request",
    );
    expect(paths).toEqual(
      expect.arrayContaining(["customer.name", "customer.email", "customer.phone", "acceptedTerms", "provider", "locale"]),
    );
    expect(paths).not.toContain("serviceId");
  });

  test("where money is due, a request without a provider is refused", async () => {
    expectProblem(await book({ provider: undefined }), "provider_not_offered");
  });

  test("a provider that the merchant does not take is refused", async () => {
    for (const provider of ["stripe", "constructor", "__proto__"]) expectProblem(await book({ provider }), "provider_not_offered");
  });

  test("the customer's language is kept; without one it is the merchant's", async () => {
    expect(await stored(await book({ locale: "fr" }))).toMatchObject({ locale: "fr" });
    expect(await stored(await book())).toMatchObject({ locale: "es" });
  });

  test("a hold of another session, of none, or that does not exist, is unknown", async () => {
    const other = await heldBy();
    expectProblem(await book({}, { session: other.session }), "hold_unknown");
    expectProblem(await book({}, { session: undefined }), "hold_unknown");
    expectProblem(await book({ holdId: randomUUID() }), "hold_unknown");
    expectProblem(await book({ link: (await stage.openClinic()).link }), "hold_unknown");
  });

  test("a hold that has ended cannot be paid, whether it was tidied up or not, and leaves no booking", async () => {
    for (const state of ["held", "expired"]) {
      const own = await heldBy();
      await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second', state = $2 where id = $1", [
        own.holdId,
        state,
      ]);
      const json = { link: clinic.link, holdId: own.holdId, customer: ana, acceptedTerms: true, provider: "wompi" };
      expectProblem(await ask(stage, "/api/bookings", { session: own.session, json }), "hold_expired");
      expect((await stage.owner.query("select 1 from slot_claim where id = $1 and checkout_id is not null", [own.holdId])).rowCount).toBe(
        0,
      );
    }
  });

  test("an amount that the provider cannot take is told before anything is opened", async () => {
    const own = await stage.openClinic();
    await stage.owner.query("update service set price_minor = 10000050 where id = $1", [own.serviceId]);
    const { body } = await stage.hold(own, { start: freeSlot() });
    const json = { link: own.link, holdId: body.id, customer: ana, acceptedTerms: true, provider: "wompi" };
    expectProblem(await ask(stage, "/api/bookings", { session: body.session, json }), "amount_not_payable");
    expect((await stage.owner.query("select 1 from checkout where tenant_id = $1", [own.tenantId])).rowCount).toBe(0);
  });

  test("under first_payer_wins the slot itself is booked, by as many as like; a service with holds needs one", async () => {
    const own = await stage.openClinic({ policy: "first_payer_wins" });
    const place = { serviceId: own.serviceId, professionalId: own.professionalId, start: freeSlot() };
    const json = { link: own.link, ...place, customer: ana, acceptedTerms: true, provider: "wompi" };
    for (const answer of [await ask(stage, "/api/bookings", { json }), await ask(stage, "/api/bookings", { json })])
      expect(expectShape(checkoutAnswer, answer.body).status).toBe("pending");
    expectProblem(await ask(stage, "/api/bookings", { json: { ...json, start: slotStart(-100) } }), "slot_not_offered");
    const wrong = { ...json, link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId };
    expectProblem(await ask(stage, "/api/bookings", { json: wrong }), "hold_unknown");
  });
});

describe("POST /api/bookings/{id}/payments", () => {
  const another = (booking: { id: string }, token: string, asked: Asked = {}) =>
    ask(stage, `/api/bookings/${booking.id}/payments?token=${token}`, { json: { provider: "wompi" }, ...asked });
  const booked = async () => expectShape(checkoutAnswer, (await book()).body);

  test("opens a new payment with a new reference; the end does not move", async () => {
    const first = await booked();
    const answer = await another(first, first.token);
    expect(answer.status).toBe(201);
    const second = expectShape(checkoutAnswer, answer.body);
    expect(second).toMatchObject({ id: first.id, token: first.token, expiresAt: first.expiresAt });
    expect(second.reference).not.toBe(first.reference);
    expect(second.checkoutUrl).toContain(second.reference);
  });

  test("a wrong token and an unknown id get the same answer", async () => {
    const booking = await booked();
    for (const answer of [
      await another(booking, "wrong"),
      await another(booking, ""),
      await another({ id: randomUUID() }, booking.token),
      await another({ id: "1" }, booking.token),
    ])
      expectProblem(answer, "checkout_unknown");
  });

  test("a provider that is not the merchant's, a body that is wrong, and a lapsed booking are refused", async () => {
    const booking = await booked();
    expectProblem(await another(booking, booking.token, { json: { provider: "stripe" } }), "provider_not_offered");
    expect(expectProblem(await another(booking, booking.token, { json: {} }), "invalid_request")).toEqual(["provider"]);
    await stage.owner.query("update checkout set ends_at = now() - interval '1 second' where id = $1", [booking.id]);
    expectProblem(await another(booking, booking.token), "checkout_closed");
  });
});
