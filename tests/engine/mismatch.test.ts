import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, retry, slotStart, state } from "../support/customer.ts";
import { endState, eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { callback, confirmed, noPromiseIsBroken, openedFollowUps, paidFollowUps, refundedFollowUps, settledAtOnce } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

type Booking = { id: string; token: string };

async function payRightly(clinic: Clinic, booking: Booking) {
  const second = (await retry(world, booking)).body;
  await pay(world, second.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  return endState(world, clinic, booking.id);
}

test.each([5_000_000, 10_000_100, 100])(
  "a wrong amount (%i) never confirms and goes back; the right payment after it confirms",
  async (amountMinor) => {
    const clinic = await openClinic(world);
    const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
    await pay(world, booking.checkoutUrl, "approve", { amountInCents: amountMinor });
    await eventually(async () => expect((await state(world, booking)).refund).toMatchObject({ reason: "mismatch", state: "done" }));
    await settledAtOnce(world, booking.id);
    expect(await endState(world, clinic, booking.id)).toEqual({
      booking: { status: "pending", paymentStatus: "refunded" },
      payments: ["voided"],
      claims: ["paying"],
      refundCases: [{ reason: "mismatch", state: "done", amountMinor }],
      followUps: refundedFollowUps,
      mails: ["customer", "merchant"],
      rooms: 0,
      callbacks: [callback("refund_case.opened", 1), callback("refund_case.done", 2)],
    });

    expect(await payRightly(clinic, booking)).toEqual(
      confirmed({
        payments: ["voided", "approved"],
        refundCases: [{ reason: "mismatch", state: "done", amountMinor }],
        followUps: { ...paidFollowUps, ...refundedFollowUps },
        mails: ["customer", "customer", "merchant", "merchant", "professional"],
        callbacks: [callback("refund_case.opened", 1), callback("refund_case.done", 2), callback("booking.paid", 3)],
      }),
    );
  },
);

test("a wrong currency never confirms, even if the number is right; the right payment after it confirms", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve", { currency: "USD", method: "PSE" });
  await eventually(async () => expect((await state(world, booking)).refund).toMatchObject({ reason: "mismatch", state: "manual" }));
  await settledAtOnce(world, booking.id);
  const manual = { ...openedFollowUps, "refund_case.manual notify-merchant": "done" };
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "refunding" },
    payments: ["approved"],
    claims: ["paying"],
    refundCases: [{ reason: "mismatch", state: "manual", amountMinor: 10_000_000 }],
    followUps: manual,
    mails: ["customer", "merchant"],
    rooms: 0,
    callbacks: [callback("refund_case.opened", 1)],
  });
  const { rows } = await world.owner.query("select currency from refund_case where checkout_id = $1", [booking.id]);
  expect(rows).toEqual([{ currency: "USD" }]);

  expect(await payRightly(clinic, booking)).toEqual(
    confirmed({
      payments: ["approved", "approved"],
      refundCases: [{ reason: "mismatch", state: "manual", amountMinor: 10_000_000 }],
      followUps: { ...paidFollowUps, ...manual },
      mails: ["customer", "customer", "merchant", "merchant", "professional"],
      callbacks: [callback("refund_case.opened", 1), callback("booking.paid", 2)],
    }),
  );
});
