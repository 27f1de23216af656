import { afterAll, beforeEach, expect, test } from "vitest";
import { advanceRefundCase } from "#commands/refund-cases/advance.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { withProofToAskAbout } from "#tests/engine/capabilities/playable.ts";
import { hurryInbox, losePolls, refundCases, settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { bookAtPretended, newService, type PretendedService, pretendProvider } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** A step of a charge that nobody saw, because its webhook was lost: what comes after it must not be lost too. */
const stage = prepareStage({ keepsPromises: true });
const noRefunds = { voidByApi: false, refundByApi: false, partial: false, idempotencyKey: false };
let service: PretendedService;
beforeEach(() => {
  service = newService();
});
afterAll(() => {
  delete paymentProviders["pretend"];
});

async function atThePretendedService(facts: Partial<PaymentCapabilities> = {}) {
  paymentProviders["pretend"] = pretendProvider(service, facts);
  const clinic = await stage.openClinic();
  const { booking } = await bookAtPretended(stage, clinic);
  const says = (state: ChargeState, providerChargeId = "c-1") => {
    const { reference, amountMinor, currency } = booking;
    const charge = { providerChargeId, reference, state, providerStatus: state, amountMinor, currency };
    service.charges.set(providerChargeId, { ...charge, method: null, finalizedAt: new Date() });
  };
  return { clinic, booking, says };
}

async function poll(clinic: Clinic, booking: { id: string }): Promise<void> {
  const { rows } = await stage.owner.query<{ id: string }>("select id from payment where checkout_id = $1", [booking.id]);
  await pollPayment({ tenantId: clinic.tenantId, paymentId: rows[0]?.id ?? "", isExtra: true });
}

/** What is tested must settle it, and not the ladder of polls. */
const delayPolls = ({ id }: { id: string }) =>
  stage.owner.query(
    `update graphile_worker._private_jobs set run_at = now() + interval '1 hour'
     where key in (select 'poll-' || id from payment where checkout_id = $1::uuid)`,
    [id],
  );

test.each(["disputed", "refunding", "partly_refunded"] as const)(
  "money that is first seen %s pays for its booking, and the merchant is told what became of it",
  async (word) => {
    const { clinic, booking, says } = await atThePretendedService();
    says(word);
    await poll(clinic, booking);
    await poll(clinic, booking);
    await eventually(() => settledAtOnce(stage, booking.id));
    const { booking: ended, payments, refundCases: cases, callbacks } = await stage.endState(clinic, booking.id);
    expect({ ended, payments, cases }).toEqual({ ended: { status: "confirmed", paymentStatus: word }, payments: [word], cases: [] });
    expect(callbacks.map(({ event }) => event)).toEqual(["booking.paid", "payment.reversed"]);
  },
);

test("money that is first seen partly back goes back whole if its slot is gone", async () => {
  const { clinic, booking, says } = await atThePretendedService();
  await losePolls(stage, booking.id);
  await stage.owner.query("update checkout set status = 'cancelled' where id = $1", [booking.id]);
  await stage.owner.query("update slot_claim set state = 'released' where checkout_id = $1", [booking.id]);
  says("partly_refunded");
  await poll(clinic, booking);
  await eventually(async () => expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "cancelled", state: "manual" }]));
});

test.each(["voided", "refunded", "charged_back"] as const)(
  "a charge that was pending and is next seen %s awaits no answer",
  async (word) => {
    const { clinic, booking, says } = await atThePretendedService();
    says("pending");
    await poll(clinic, booking);
    says(word);
    await poll(clinic, booking);
    expect(await stage.state(booking)).toMatchObject({ status: "pending", paymentStatus: "failed", isAwaitingAnswer: false });
    const { rows } = await stage.owner.query("select status from charge where tenant_id = $1", [clinic.tenantId]);
    expect(rows).toEqual([{ status: word }]);
    says("approved", "c-2");
    await poll(clinic, booking);
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
  },
);

test("a charge that the bank took back needs no person to send it: nobody pays it twice", async () => {
  const { clinic, booking, says } = await atThePretendedService({ refunds: noRefunds });
  says("approved");
  await poll(clinic, booking);
  says("approved", "c-2");
  await poll(clinic, booking);
  await eventually(async () => expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "duplicate", state: "manual" }]));
  says("charged_back", "c-2");
  await poll(clinic, booking);
  expect(await refundCases(stage, clinic)).toMatchObject([{ state: "done", proof: "charged_back" }]);
  await settledAtOnce(stage, booking.id);
});

test("a part that we send, and all of it back outside: the case that looks has the merchant asked", async () => {
  const refunds = { ...noRefunds, refundByApi: true, partial: true, idempotencyKey: true };
  const { clinic, booking, says } = await atThePretendedService({ refunds });
  says("approved");
  await poll(clinic, booking);
  await stage.reaches(booking, { status: "confirmed" });
  await stage.stopWorker();
  await delayPolls(booking);
  await requestRefund({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor: 1_000_000 },
  });
  says("refunded");
  const [one] = await refundCases(stage, clinic);
  await advanceRefundCase({ tenantId: clinic.tenantId, refundCaseId: one?.id ?? "" });
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "refunded" });
  const { rows } = await stage.owner.query("select reversal_answer from checkout where id = $1", [booking.id]);
  expect(rows).toEqual([{ reversal_answer: "open" }]);
  await settledAtOnce(stage, booking.id);
});

async function approvedAndDenied() {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds, reference } = await stage.pay(booking.checkoutUrl, "decline");
  await stage.reaches(booking, { paymentStatus: "failed" });
  await delayPolls(booking);
  await stage.payer.tell(clinic.account, { id: chargeIds[0] ?? "", reference, amountMinor: 10_000_000, state: "approved" });
  const failing = () => stage.owner.query("select from payment where checkout_id = $1 and failing_since is not null", [booking.id]);
  await eventually(async () => expect((await failing()).rowCount).toBe(1));
  return { clinic, booking, reference, chargeId: chargeIds[0] };
}

withProofToAskAbout.story("a signed approval whose API still calls the charge declined waits for the API, and confirms", async () => {
  const { booking, reference, chargeId } = await approvedAndDenied();
  await stage.payer.decide(chargeId, "approved", { tells: "never" });
  await hurryInbox(stage, reference);
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
});

withProofToAskAbout.story("a signed approval that the API denies for three days ends without money, and not without a word", async () => {
  const { clinic, booking, reference } = await approvedAndDenied();
  await stage.owner.query("update inbox_event set received_at = received_at - interval '73 hours' where reference = $1", [reference]);
  await hurryInbox(stage, reference);
  await eventually(async () =>
    expect(await refundCases(stage, clinic)).toMatchObject([{ state: "done", proof: expect.stringContaining("no_money") }]),
  );
  expect(await stage.state(booking)).toMatchObject({ status: "pending", paymentStatus: "failed" });
});
