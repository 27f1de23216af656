import { expect, test } from "vitest";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { everyTestedProvider } from "../../support/payers/tested-provider.ts";
import { post } from "../../support/post.ts";
import { prepareStage } from "../../support/stage.ts";

/** Some providers tell of a page's end in their own time, and events in any order. */
const stage = prepareStage({ keepsPromises: true });
const telling = everyTestedProvider.filter(({ tellsLateEnds }) => tellsLateEnds);

test("at least one provider tells of an end that late", () => {
  expect(telling).not.toEqual([]);
});

test.each(telling)("$id: a page that is told as expired a day after it was paid takes nothing back, and mails nobody", async (provider) => {
  const clinic = await stage.openClinic({ provider });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await provider.payer(stage.simulatorsUrl).pay(booking.checkoutUrl, "approve", { endsLater: true });
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await stage.settled(booking.id);
  const before = await stage.endState(clinic, booking.id);
  await post(`${stage.simulatorsUrl}/clock/advance`, { seconds: String(25 * 3600) });
  await eventually(async () => {
    const { rows } = await stage.owner.query("select state from inbox_event where tenant_id = $1 and event_kind like '%expired'", [
      clinic.tenantId,
    ]);
    // It says nothing about money.
    expect(rows).toEqual([{ state: "ignored" }]);
  });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(before);
});
