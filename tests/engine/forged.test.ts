import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic, post } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, hurryPolls, inbox, noPromiseIsBroken, settledAtOnce, silence } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const untouched = { booking: { status: "pending", paymentStatus: "pending" }, payments: ["created"], claims: ["paying"], ...silence };

type Sent = { events: { attempts: { status: number }[] }[] };

/** An event about something that Wompi's API does not know, sent to the clinic's address. */
async function sendEvent(clinic: Clinic, fields: object): Promise<number | undefined> {
  const sent = (await post(`${world.simulatorsUrl}/wompi/events/send`, {
    publicKey: clinic.merchant.publicKey,
    amountInCents: 10_000_000,
    ...fields,
  })) as unknown as Sent;
  return sent.events[0]?.attempts[0]?.status;
}

/** A delivery made by hand, signed with `secret`. */
async function deliver(
  url: string,
  secret: string,
  transaction: Record<string, unknown>,
  changes: Record<string, unknown> = {},
): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const properties = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];
  const values = `${transaction["id"]}${transaction["status"]}${transaction["amount_in_cents"]}${timestamp}${secret}`;
  const checksum = createHash("sha256").update(values).digest("hex");
  const signature = { properties, checksum };
  const event = { event: "transaction.updated", data: { transaction }, timestamp, signature, environment: "test", ...changes };
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(event) });
  return answer.status;
}

const approved = (reference: string) => ({
  id: "12-1769351602-1",
  status: "APPROVED",
  amount_in_cents: 10_000_000,
  currency: "COP",
  reference,
});

test("a forged event is answered 401 and nothing is stored", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  expect(await sendEvent(clinic, { reference: booking.reference, checksum: "wrong" })).toBe(401);
  const answers = await Promise.all([
    deliver(clinic.merchant.eventsUrl, "", approved(booking.reference)),
    deliver(clinic.merchant.eventsUrl, "test_events_of_somebody_else", approved(booking.reference)),
    deliver(clinic.merchant.eventsUrl, clinic.merchant.integritySecret, approved(booking.reference)),
    deliver(clinic.merchant.eventsUrl, clinic.merchant.eventsSecret, approved(booking.reference), { environment: "prod" }),
    deliver(`${world.appUrl}/api/webhooks/wompi`, "test_events_of_somebody_else", approved(booking.reference)),
    fetch(clinic.merchant.eventsUrl, { method: "POST", body: "not json" }).then((answer) => answer.status),
    fetch(clinic.merchant.eventsUrl, { method: "POST" }).then((answer) => answer.status),
  ]);
  expect(answers).toEqual(answers.map(() => 401));
  expect(await inbox(world, clinic)).toEqual([]);
  expect(await endState(world, clinic, booking.id)).toEqual(untouched);
});

test("an event whose status is not signed proves nothing: 401", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  expect(await sendEvent(clinic, { reference: booking.reference, eventProperties: "transaction.id,transaction.amount_in_cents" })).toBe(
    401,
  );
  expect(await inbox(world, clinic)).toEqual([]);
  expect(await endState(world, clinic, booking.id)).toEqual(untouched);
});

test("an event for an unknown, empty or foreign connection is refused and leaves nothing", async () => {
  const clinic = await openClinic(world);
  const other = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const at = (place: string) => deliver(`${world.appUrl}${place}`, clinic.merchant.eventsSecret, approved(booking.reference));
  expect(await at(`/api/webhooks/wompi/${crypto.randomUUID()}`)).toBe(401);
  expect(await at("/api/webhooks/wompi/nonsense")).toBe(401);
  expect(await at("/api/webhooks/wompi/%00")).toBe(401);
  expect(await at(`/api/webhooks/wompi/${other.connectionId}`)).toBe(401);
  expect(await at("/api/webhooks/wompi/")).toBe(404);
  expect(await at(`/api/webhooks/paypal/${clinic.connectionId}`)).toBe(404);
  expect([...(await inbox(world, clinic)), ...(await inbox(world, other))]).toEqual([]);
  expect(await endState(world, clinic, booking.id)).toEqual(untouched);
});

test("a rightly signed event that says more than Wompi's API knows is stored, asked about, and not believed", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  expect(await sendEvent(clinic, { reference: booking.reference })).toBe(200);
  await eventually(async () => expect(await inbox(world, clinic)).toEqual([{ state: "unmatched", reference: booking.reference }]));
  expect(await endState(world, clinic, booking.id)).toEqual(untouched);
});

test("the reference in an event is not signed: an approval of another booking is booked there, and only there", async () => {
  const clinic = await openClinic(world);
  const victim = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const payer = await reachPaymentPage(world, clinic, { start: slotStart(1) });
  await pay(world, payer.checkoutUrl, "approve", { eventReference: victim.reference });
  await eventually(async () => expect((await state(world, payer)).status).toBe("confirmed"));
  await settledAtOnce(world, payer.id);
  await hurryPolls(world, victim.id);
  expect(await endState(world, clinic, payer.id)).toEqual(confirmed());
  expect(await endState(world, clinic, victim.id)).toEqual({ ...untouched, mails: ["customer", "merchant", "professional"] });
  expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: victim.reference }]);
});

test("the currency in an event is not signed: what Wompi's API says counts", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve", { eventCurrency: "USD" });
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("an amount changed in the event after signing: refused; the poll books what was really paid", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const paid = (await pay(world, booking.checkoutUrl, "approve", { eventAmountInCents: 1 })) as unknown as Sent;
  expect(paid.events[0]?.attempts[0]?.status).toBe(401);
  expect(await inbox(world, clinic)).toEqual([]);
  await hurryPolls(world, booking.id);
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("an event of a kind that says nothing about money is stored, answered 200 and ignored", async () => {
  const clinic = await openClinic(world);
  const body = { event: "nequi_token.updated" };
  const status = await deliver(clinic.merchant.eventsUrl, clinic.merchant.eventsSecret, approved("KF-NOTHING"), body);
  expect(status).toBe(200);
  expect(await inbox(world, clinic)).toEqual([{ state: "ignored", reference: null }]);
});
