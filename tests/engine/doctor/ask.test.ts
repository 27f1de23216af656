import { expect } from "vitest";
import { askProviders } from "#commands/ask-providers.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { withLookup, withPanelAndLookup } from "../capabilities/playable.ts";
import { inbox, refundCases, settledAtOnce } from "../stories.ts";

const stage = prepareStage({ worker: false });

async function askedIn(clinic: Clinic, settle = false) {
  const { asked } = await askProviders({ settle });
  return asked
    .filter(({ question }) => question.tenantId === clinic.tenantId)
    .map(({ differences, noAnswer }) => ({
      differences: differences.map(({ kind, there, here }) => `${kind}: ${there} there, ${here} here`),
      noAnswer,
    }));
}

const same = { differences: [], noAnswer: null };

async function rowsOf(bookingId: string) {
  const { rows } = await stage.owner.query(
    `select k.status, k.updated_at, p.status as payment, p.polls, p.asked_at, p.updated_at as paid_at, (select count(*) from charge) as charges,
       (select count(*) from event) as events from checkout k join payment p on p.checkout_id = k.id where k.id = $1`,
    [bookingId],
  );
  return rows;
}

async function confirmed(clinic: Clinic) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  // One payment may be told by several events.
  await eventually(async () => expect((await inbox(stage, clinic)).filter(({ state }) => state !== "settled")).toEqual([]));
  await stage.stopWorker();
  return { ...booking, chargeId: chargeIds[0] };
}

withLookup.story("what is the same there and here is no difference", async () => {
  const clinic = await stage.openClinic();
  await confirmed(clinic);
  await stage.reachPaymentPage(clinic, { start: slotStart(4) });
  expect(await askedIn(clinic)).toEqual([same, same]);
});

withLookup.story("approved there and unsettled here is told, and changes nothing; with settle it is settled", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  const before = await rowsOf(booking.id);
  const approved = { differences: ["approved_there: approved there, unknown here"], noAnswer: null };
  expect(await askedIn(clinic)).toEqual([approved]);
  expect(await rowsOf(booking.id)).toEqual(before);
  expect(await askedIn(clinic, true)).toEqual([approved]);
  expect(await stage.state(booking)).toMatchObject({ status: "paid" });
  expect(await askedIn(clinic)).toEqual([same]);
});

withPanelAndLookup.story("voided there and live here is told; so is another amount", async () => {
  const clinic = await stage.openClinic();
  const { chargeId } = await confirmed(clinic);
  await stage.payer.decide(chargeId, "voided", { tells: "never" });
  expect(await askedIn(clinic)).toEqual([
    { differences: [`gone_there: ${testedProvider.panelSendsBackAs} there, approved here`], noAnswer: null },
  ]);
  await stage.owner.query("update charge set amount_minor = 7 where provider_charge_id = $1", [chargeId]);
  const [told] = await askedIn(clinic);
  expect(told?.differences).toContain("other_amount: 10000000 COP (minor units) there, 7 COP (minor units) here");
});

withPanelAndLookup.story("a refund in the panel whose webhook is lost: with settle the merchant is asked", async () => {
  const clinic = await stage.openClinic();
  const booking = await confirmed(clinic);
  await stage.payer.decide(booking.chargeId, "voided", { tells: "never" });
  await askedIn(clinic, true);
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "refunded" });
  const { rows } = await stage.owner.query("select reversal_answer from checkout where id = $1", [booking.id]);
  expect(rows).toEqual([{ reversal_answer: "open" }]);
  for (const one of await askedIn(clinic)) expect(one).toEqual(same);
});

withPanelAndLookup.story(
  "a person has sent it back in the panel, and its webhook is lost: with settle the case in manual is done",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await confirmed(clinic);
    const input = { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor: 10_000_000 };
    await requestRefund({ caller: { kind: "operator" }, input });
    await stage.owner.query("update refund_case set state = 'manual', method = 'manual' where tenant_id = $1", [clinic.tenantId]);
    await stage.payer.decide(booking.chargeId, "voided", { tells: "never" });
    await askedIn(clinic, true);
    expect(await refundCases(stage, clinic)).toMatchObject([{ state: "done", proof: expect.any(String) }]);
  },
);

withLookup.story("money that the provider does not know is told", async () => {
  const clinic = await stage.openClinic();
  const { chargeId } = await confirmed(clinic);
  await stage.owner.query("update charge set provider_charge_id = 'never-heard-of' where provider_charge_id = $1", [chargeId]);
  const [told] = await askedIn(clinic);
  expect(told?.differences).toContain("unknown_there: unknown there, approved here");
});

withLookup.story("an event that waits for its checkout is asked about by its charge", async () => {
  const clinic = await stage.openClinic();
  await stage.payer.charge(clinic.account, { reference: "KF-OF-NOBODY", amountMinor: 5_000_000 });
  expect(await askedIn(clinic)).toEqual([{ differences: ["approved_there: approved there, unknown here"], noAnswer: null }]);
});

withLookup.story("a provider that is away has given no answer, which is no difference", async () => {
  const clinic = await stage.openClinic();
  await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.payer.behave(clinic.account, { fails: { status: 500, times: 100 } });
  expect(await askedIn(clinic)).toEqual([{ differences: [], noAnswer: expect.stringContaining("500") }]);
});
