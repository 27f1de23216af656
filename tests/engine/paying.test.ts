import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openClinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, retry, slotStart, state } from "../support/customer.ts";
import { endState, eventually, settled } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, noPromiseIsBroken, silence } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const reaches = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect(await state(world, booking)).toMatchObject(wanted));

test("an approved payment books the slot, tells everybody once and confirms", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
  expect((await hold(world, clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
});

test("a deposit is paid as a deposit", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0), serviceId: clinic.depositServiceId });
  expect(booking.amountMinor).toBe(2_500_000);
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed", amountMinor: 2_500_000, priceMinor: 10_000_000 });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("a merchant without a callback address: confirmed without a callback", async () => {
  const clinic = await openClinic(world, { callback: false });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  const { "booking.paid deliver-callback": _, ...followUps } = confirmed().followUps;
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ followUps, callbacks: [] }));
});

test.each([
  ["decline", "declined"],
  ["error", "error"],
])("after a payment that ends as %s the slot stays held, nobody is told, and a second try may be approved", async (outcome, status) => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, outcome);
  await reaches(booking, { status: "pending", paymentStatus: "failed" });
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "failed" },
    payments: [status],
    claims: ["paying"],
    ...silence,
  });

  const second = await retry(world, booking);
  expect(second).toMatchObject({ status: 201, body: { id: booking.id, amountMinor: booking.amountMinor, expiresAt: booking.expiresAt } });
  expect(second.body.reference).not.toBe(booking.reference);
  await reaches(booking, { status: "pending", paymentStatus: "pending" });
  await pay(world, second.body.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ payments: [status, "approved"] }));
});

test("declined and tried again on Wompi's own page: the same reference ends approved, by another charge", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const first = await pay(world, booking.checkoutUrl, "decline_then_retry");
  await reaches(booking, { status: "pending", paymentStatus: "failed" });
  const second = await pay(world, booking.checkoutUrl, "approve");
  expect(second.reference).toBe(first.reference);
  expect(second.transactionIds).not.toEqual(first.transactionIds);
  await reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("on_decline=release: a decline lets the slot go at once, and nobody is told", async () => {
  const clinic = await openClinic(world, { onDecline: "release" });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "decline");
  await reaches(booking, { status: "failed", paymentStatus: "failed" });
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "failed", paymentStatus: "failed" },
    payments: ["declined"],
    claims: ["released"],
    ...silence,
  });
  expect((await retry(world, booking)).body.code).toBe("checkout_closed");
  expect((await hold(world, clinic, { start: slotStart(0) })).status).toBe(201);
});

test("on_decline=release, then approved on Wompi's own page while the slot is free: booked after all", async () => {
  const clinic = await openClinic(world, { onDecline: "release" });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "decline_then_retry");
  await reaches(booking, { status: "failed" });
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ claims: ["released", "booked"] }));
});

test("a paid booking takes no second payment page", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed" });
  expect((await retry(world, booking)).body.code).toBe("already_paid");
  expect((await retry(world, { id: booking.id, token: "x".repeat(32) })).body.code).toBe("checkout_unknown");
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});
