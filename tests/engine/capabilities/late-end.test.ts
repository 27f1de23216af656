import { expect, test } from "vitest";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { testedStripe } from "../../support/payers/stripe.ts";
import { stripeKeys } from "../../support/payers/stripe-keys.ts";
import { post } from "../../support/post.ts";
import { prepareStage } from "../../support/stage.ts";

/** Stripe tells of a session's end in its own time, and events in any order. */
const stage = prepareStage({ keepsPromises: true });

test("a page that is told as expired a day after it was paid takes nothing from the booking, and mails nobody", async () => {
  const clinic = await stage.openClinic({ provider: testedStripe });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await post(`${stage.simulatorsUrl}/stripe/panel/knobs`, { accountId: stripeKeys(clinic.account).accountId, lateExpired: "on" });
  await testedStripe.payer(stage.simulatorsUrl).pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await stage.settled(booking.id);
  const before = await stage.endState(clinic, booking.id);
  await post(`${stage.simulatorsUrl}/clock/advance`, { seconds: String(25 * 3600) });
  await eventually(async () => {
    const { rows } = await stage.owner.query(
      "select state from inbox_event where tenant_id = $1 and event_kind = 'checkout.session.expired'",
      [clinic.tenantId],
    );
    expect(rows).toEqual([{ state: "ignored" }]);
  });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(before);
});
