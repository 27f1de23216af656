import { expect, test } from "vitest";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { callback, confirmed, manualFollowUps, openedFollowUps, paidFollowUps, refundedFollowUps, settledAtOnce } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

type Booking = { id: string; token: string };

async function payRightly(clinic: Clinic, booking: Booking) {
  const second = (await stage.retry(booking)).body;
  await stage.pay(second.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return stage.endState(clinic, booking.id);
}

test.each([5_000_000, 10_000_100, 100])(
  "a wrong amount (%i) never confirms and goes back; the right payment after it confirms",
  async (amountMinor) => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve", { amountMinor: amountMinor });
    await eventually(async () => expect((await stage.state(booking)).refund).toMatchObject({ reason: "mismatch", state: "done" }));
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual({
      booking: { status: "pending", paymentStatus: "refunded" },
      payments: ["voided"],
      claims: ["paying"],
      refundCases: [{ reason: "mismatch", state: "done", amountMinor }],
      followUps: refundedFollowUps,
      mails: ["customer", "customer", "merchant"],
      rooms: 0,
      callbacks: [callback("refund_case.opened", 1), callback("refund_case.done", 2)],
    });

    expect(await payRightly(clinic, booking)).toEqual(
      confirmed({
        payments: ["voided", "approved"],
        refundCases: [{ reason: "mismatch", state: "done", amountMinor }],
        followUps: { ...paidFollowUps, ...refundedFollowUps },
        mails: ["customer", "customer", "customer", "merchant", "merchant", "professional"],
        callbacks: [callback("refund_case.opened", 1), callback("refund_case.done", 2), callback("booking.paid", 3)],
      }),
    );
  },
);

test("a wrong currency never confirms, even if the number is right; the right payment after it confirms", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { currency: "USD", method: "bank_transfer" });
  await eventually(async () => expect((await stage.state(booking)).refund).toMatchObject({ reason: "mismatch", state: "manual" }));
  await settledAtOnce(stage, booking.id);
  const manual = { ...openedFollowUps, ...manualFollowUps };
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "refunding" },
    payments: ["approved"],
    claims: ["paying"],
    refundCases: [{ reason: "mismatch", state: "manual", amountMinor: 10_000_000 }],
    followUps: manual,
    mails: ["customer", "merchant", "merchant"],
    rooms: 0,
    callbacks: [callback("refund_case.opened", 1)],
  });
  const { rows } = await stage.owner.query("select currency from refund_case where checkout_id = $1", [booking.id]);
  expect(rows).toEqual([{ currency: "USD" }]);

  expect(await payRightly(clinic, booking)).toEqual(
    confirmed({
      payments: ["approved", "approved"],
      refundCases: [{ reason: "mismatch", state: "manual", amountMinor: 10_000_000 }],
      followUps: { ...paidFollowUps, ...manual },
      mails: ["customer", "customer", "merchant", "merchant", "merchant", "professional"],
      callbacks: [callback("refund_case.opened", 1), callback("booking.paid", 2)],
    }),
  );
});
