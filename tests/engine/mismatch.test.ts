import { expect, test } from "vitest";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { callbacksOf, confirmed, paidFollowUps, refundOfCard, refundOfTransfer, settledAtOnce } from "./stories.ts";

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
    const back = refundOfCard;
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve", { amountMinor: amountMinor });
    await eventually(async () => expect((await stage.state(booking)).refund).toMatchObject({ reason: "mismatch", state: back.state }));
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual({
      booking: { status: "pending", paymentStatus: back.paymentStatus },
      payments: [back.payment],
      claims: ["paying"],
      refundCases: [{ reason: "mismatch", state: back.state, amountMinor }],
      followUps: back.followUps,
      mails: back.mails,
      rooms: 0,
      callbacks: callbacksOf(back.callbacks),
    });

    expect(await payRightly(clinic, booking)).toEqual(
      confirmed({
        payments: [back.payment, "approved"],
        refundCases: [{ reason: "mismatch", state: back.state, amountMinor }],
        followUps: { ...paidFollowUps, ...back.followUps },
        mails: [...back.mails, "customer", "merchant", "professional"].toSorted(),
        callbacks: callbacksOf([...back.callbacks, "booking.paid"]),
      }),
    );
  },
);

test("a wrong currency never confirms, even if the number is right; the right payment after it confirms", async () => {
  const back = refundOfTransfer;
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { currency: "USD", method: "bank_transfer" });
  await eventually(async () => expect((await stage.state(booking)).refund).toMatchObject({ reason: "mismatch", state: back.state }));
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: back.paymentStatus },
    payments: [back.payment],
    claims: ["paying"],
    refundCases: [{ reason: "mismatch", state: back.state, amountMinor: 10_000_000 }],
    followUps: back.followUps,
    mails: back.mails,
    rooms: 0,
    callbacks: callbacksOf(back.callbacks),
  });
  const { rows } = await stage.owner.query("select currency from refund_case where checkout_id = $1", [booking.id]);
  expect(rows).toEqual([{ currency: "USD" }]);

  expect(await payRightly(clinic, booking)).toEqual(
    confirmed({
      payments: [back.payment, "approved"],
      refundCases: [{ reason: "mismatch", state: back.state, amountMinor: 10_000_000 }],
      followUps: { ...paidFollowUps, ...back.followUps },
      mails: [...back.mails, "customer", "merchant", "professional"].toSorted(),
      callbacks: callbacksOf([...back.callbacks, "booking.paid"]),
    }),
  );
});
