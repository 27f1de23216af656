import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { withChargePerTry, withLateBanks, withOpenPagesForTries } from "./capabilities/playable.ts";
import { confirmed, silence } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

test("an approved payment books the slot, tells everybody once and confirms", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
});

test("a deposit is paid as a deposit", async () => {
  const clinic = await stage.openClinic({ depositPercent: 60 });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.depositServiceId });
  expect(booking.amountMinor).toBe(6_000_000);
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed", amountMinor: 6_000_000, priceMinor: 10_000_000 });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

test("a merchant without a callback address: confirmed without a callback", async () => {
  const clinic = await stage.openClinic({ callback: false });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  const { "booking.paid deliver-callback": _, ...followUps } = confirmed().followUps;
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ followUps, callbacks: [] }));
});

test.each([
  ["decline", "declined"],
  ["error", "error"],
] as const)(
  "after a payment that ends as %s the slot stays held, nobody is told, and a second try may be approved",
  async (outcome, status) => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, outcome);
    await stage.reaches(booking, { status: "pending", paymentStatus: "failed" });
    expect(await stage.endState(clinic, booking.id)).toEqual({
      booking: { status: "pending", paymentStatus: "failed" },
      payments: [status],
      claims: ["paying"],
      ...silence,
    });

    const second = await stage.retry(booking);
    expect(second).toMatchObject({ status: 201, body: { id: booking.id, amountMinor: booking.amountMinor, expiresAt: booking.expiresAt } });
    expect(second.body.reference).not.toBe(booking.reference);
    await stage.reaches(booking, { status: "pending", paymentStatus: "pending" });
    await stage.pay(second.body.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
    await stage.settled(booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ payments: [status, "approved"] }));
  },
);

withChargePerTry.story(
  "declined and tried again on the provider's own page: the same reference ends approved, by another charge",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const first = await stage.pay(booking.checkoutUrl, "decline_and_stay");
    await stage.reaches(booking, { status: "pending", paymentStatus: "failed" });
    const second = await stage.pay(booking.checkoutUrl, "approve");
    expect(second.reference).toBe(first.reference);
    expect(second.chargeIds).not.toEqual(first.chargeIds);
    await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
    await stage.settled(booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

test("on_decline=release: a decline lets the slot go at once, and nobody is told", async () => {
  const clinic = await stage.openClinic({ onDecline: "release" });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "decline");
  await stage.reaches(booking, { status: "failed", paymentStatus: "failed" });
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "failed", paymentStatus: "failed" },
    payments: ["declined"],
    claims: ["released"],
    ...silence,
  });
  expect((await stage.retry(booking)).body.code).toBe("checkout_closed");
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

withLateBanks.run.each(["release", "retry"] as const)(
  withLateBanks.named("on_decline=%s: a card that is declined does not end what a bank still decides, and the bank's yes gets the slot"),
  async (onDecline) => {
    const clinic = await stage.openClinic({ onDecline });
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const are = (states: string[]) => eventually(async () => expect((await stage.endState(clinic, booking.id)).payments).toEqual(states));
    const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { method: "bank_transfer" });
    await are(["pending"]);
    const second = await stage.retry(booking);
    await stage.pay(second.body.checkoutUrl, "decline");
    await are(["pending", "declined"]);
    expect(await stage.state(booking)).toMatchObject({ status: "pending", paymentStatus: "pending" });
    expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
    await stage.payer.decide(chargeIds[0], "approved");
    await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
    await stage.settled(booking.id);
  },
);

withOpenPagesForTries.story(
  "on_decline=release, then approved on the provider's own page while the slot is free: booked after all",
  async () => {
    const clinic = await stage.openClinic({ onDecline: "release" });
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "decline_and_stay");
    await stage.reaches(booking, { status: "failed" });
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await stage.settled(booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ claims: ["released", "booked"] }));
  },
);

test("a paid booking takes no second payment page", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  expect((await stage.retry(booking)).body.code).toBe("already_paid");
  expect((await stage.retry({ id: booking.id, token: "x".repeat(32) })).body.code).toBe("checkout_unknown");
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});
