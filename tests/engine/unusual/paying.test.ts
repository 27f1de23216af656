import { expect, test } from "vitest";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { unusual, unusualDeposit } from "#tests/support/unusual-clinic.ts";
import { withSmallAmounts } from "../capabilities/playable.ts";
import { hurryPolls, minutesOfHold, refundOfCard, settledAtOnce, settleInbox, silence } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });
const start = slotStart(0);
const after = (minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();

/** The bank decides after the hold has ended. */
async function pendingBeyondTheEnd(clinic: Clinic) {
  const booking = await stage.reachPaymentPage(clinic, { start });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { method: "card" });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).payments).toEqual(["pending"]);
  });
  await stage.timePasses(booking.id, unusual.holdMinutes + minutesOfHold - 10);
  await stage.reaches(booking, { status: "failed" });
  return { ...booking, chargeId: chargeIds[0] };
}

async function paid(clinic: Clinic, minutes: number) {
  const booking = await stage.reachPaymentPage(clinic, { start: after(minutes), email: `neighbour@${clinic.link}.example` });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  return booking;
}

test.each([-105, 105])("a late payment whose buffers alone meet a slot sold meanwhile (%i minutes away) goes back", async (minutes) => {
  const clinic = await stage.openUnusualClinic();
  const late = await pendingBeyondTheEnd(clinic);
  await paid(clinic, minutes);
  await stage.payer.decide(late.chargeId, "approved");
  await stage.reaches(late, { status: "cancelled", refund: expect.objectContaining({ reason: "capacity_gone" }) });
  await settledAtOnce(stage, late.id);
  expect(await stage.endState(clinic, late.id)).toMatchObject({
    booking: { status: "cancelled", paymentStatus: refundOfCard.paymentStatus },
    payments: [refundOfCard.payment],
    // Cancelled with its page, it counts as declined, and this merchant lets go then.
    claims: [testedProvider.closingCancelsPending ? "released" : "expired"],
    refundCases: [{ reason: "capacity_gone", state: refundOfCard.state, amountMinor: unusual.priceMinor }],
  });
});

test("a late payment between two neighbours beyond its buffers is booked, with its buffers", async () => {
  const clinic = await stage.openUnusualClinic();
  const late = await pendingBeyondTheEnd(clinic);
  for (const minutes of [-140, 140]) await paid(clinic, minutes);
  await stage.payer.decide(late.chargeId, "approved");
  await stage.reaches(late, { status: "confirmed", paymentStatus: "paid" });
  await settledAtOnce(stage, late.id);
  const { rows } = await stage.owner.query(
    "select lower(during) as from, upper(during) as until, starts_at, ends_at from slot_claim where checkout_id = $1 and state = 'booked'",
    [late.id],
  );
  const [from, until] = [after(-20), after(90)].map((instant) => new Date(instant));
  expect(rows).toEqual([{ from, until, starts_at: new Date(start), ends_at: new Date(after(50)) }]);
  expect((await stage.hold(clinic, { start: after(105) })).body.code).toBe("slot_taken");
});

test("on_decline release: a decline on an older page leaves the newer page its slot, which is paid there; nobody is told of a failure", async () => {
  const clinic = await stage.openUnusualClinic();
  const booking = await stage.reachPaymentPage(clinic, { start });
  // The older page is paid before it is closed, where that is possible.
  await stage.stopWorker();
  const { body: newer } = await stage.retry(booking);
  await stage.pay(booking.checkoutUrl, "decline");
  await settleInbox(stage, clinic);
  await stage.startWorker();
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).payments).toEqual(["declined", "created"]);
  });
  const between = { booking: { status: "pending", paymentStatus: "pending" }, payments: ["declined", "created"], claims: ["paying"] };
  expect(await stage.endState(clinic, booking.id)).toEqual({ ...between, ...silence });
  expect((await stage.hold(clinic, { start })).body.code).toBe("slot_taken");
  await stage.pay(newer.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toMatchObject({
    payments: ["declined", "approved"],
    claims: ["booked"],
    refundCases: [],
  });
});

test("on_decline release: a decline on the only page frees the slot with its buffers at once", async () => {
  const clinic = await stage.openUnusualClinic();
  const booking = await stage.reachPaymentPage(clinic, { start });
  await stage.pay(booking.checkoutUrl, "decline");
  await stage.reaches(booking, { status: "failed" });
  expect(await stage.endState(clinic, booking.id)).toMatchObject({ payments: ["declined"], claims: ["released"], ...silence });
  expect((await stage.retry(booking)).body.code).toBe("checkout_closed");
  expect((await stage.hold(clinic, { start: after(35) })).status).toBe(201);
});

withSmallAmounts.story(
  "a retry of a deposit asks for the deposit that was accepted, also after the price rose; so much is charged",
  async () => {
    const clinic = await stage.openUnusualClinic({ onDecline: "retry" });
    const booking = await stage.reachPaymentPage(clinic, { start, serviceId: clinic.depositServiceId });
    expect(booking.amountMinor).toBe(unusualDeposit.paidMinor);
    await stage.pay(booking.checkoutUrl, "decline");
    await stage.reaches(booking, { paymentStatus: "failed" });
    await changePrice(clinic, 9_990_000);
    const { body: again } = await stage.retry(booking);
    expect(again).toMatchObject({ id: booking.id, amountMinor: unusualDeposit.paidMinor, currency: "COP" });
    await stage.pay(again.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
    const { rows } = await stage.owner.query(
      "select p.amount_minor::int as asked, c.amount_minor::int as charged from payment p join charge c on c.payment_id = p.id where p.checkout_id = $1",
      [booking.id],
    );
    const { paidMinor } = unusualDeposit;
    expect(rows).toEqual([
      { asked: paidMinor, charged: paidMinor },
      { asked: paidMinor, charged: paidMinor },
    ]);
  },
);

withSmallAmounts.story(
  "a price that changes within four seconds of the offer holds from then on: who saw the old one is refused, the new deposit is asked",
  async () => {
    const clinic = await stage.openUnusualClinic();
    const seeing = async (amountMinor: number) => {
      const { link, depositServiceId: serviceId, professionalId } = clinic;
      const body = JSON.stringify({ link, serviceId, professionalId, start, seen: { amountMinor, currency: "COP" } });
      const answer = await fetch(`${stage.appUrl}/api/holds`, { method: "POST", headers: { "content-type": "application/json" }, body });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    // Now the catalogue's copy is warm, and would be served for seconds.
    const warm = await stage.hold(clinic, { start: slotStart(48), serviceId: clinic.depositServiceId });
    expect(warm.status).toBe(201);
    await changePrice(clinic, 9_990_000);
    const refused = await seeing(unusualDeposit.paidMinor);
    expect([refused.status, refused.body["code"]]).toEqual([409, "price_changed"]);
    expect(refused.body["offer"]).toMatchObject({
      amountMinor: 2_997_000,
      priceMinor: 9_990_000,
      durationMinutes: 50,
      chargeType: "partial",
    });
    const held = await seeing(2_997_000);
    expect(held.status).toBe(201);
    const { body } = await stage.book(clinic, { holdId: warm.body.id, session: warm.body.session });
    expect(body.amountMinor).toBe(unusualDeposit.paidMinor);
  },
);

function changePrice({ tenantId, depositServiceId: serviceId }: Clinic, priceMinor: number) {
  return updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse({ priceMinor }) } });
}
