import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { mercadopagoMoneyBack } from "../support/payers/mercadopago-money.ts";
import { openAccountOfItsOwn } from "./mercadopago-stage.ts";
import { only } from "./payment-suite.ts";

let own: Awaited<ReturnType<typeof openAccountOfItsOwn>>;
beforeAll(async () => {
  own = await openAccountOfItsOwn();
});
afterAll(() => own.world.stop());
afterEach(() => own.payer.calm(own.account));

const moneyBack = () => mercadopagoMoneyBack(`${own.world.url}/mercadopago`);

test("a part goes back, and the payment stays, partly refunded; the rest goes back, and it is refunded", async () => {
  const { request, fact } = await own.paid();
  const part = await own.provider.refund({ ...request, amountMinor: 1_000_000, idempotencyKey: "part-1" });
  expect(part).toMatchObject({ result: "accepted", providerStatus: "approved", isFinal: true });
  const [first] = (await fact())?.refunds ?? [];
  expect(await fact()).toMatchObject({ state: "partly_refunded", amountMinor: 8_500_000 });
  expect(first).toMatchObject({ providerRefundId: part.providerRefundId, amountMinor: 1_000_000, state: "done", idempotencyKey: null });
  expect(await own.provider.refund({ ...request, amountMinor: 8_000_000 })).toMatchObject({ result: "refused" });
  expect(await own.provider.refund({ ...request, amountMinor: 7_500_000, idempotencyKey: "part-2" })).toMatchObject({ result: "accepted" });
  expect(await fact()).toMatchObject({ state: "refunded", providerStatus: "refunded/refunded" });
});

test("a refund whose answer was lost is the same refund when it is asked for again", async () => {
  const { request, fact } = await own.paid();
  const half = { ...request, amountMinor: 4_000_000 };
  await own.turn({ apiStatus: 504, apiFailures: 1, apiFailsAfter: "on" });
  await expect(own.provider.refund(half)).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  const again = await own.provider.refund(half);
  expect(again).toMatchObject({ result: "accepted", isFinal: true });
  expect((await fact())?.refunds).toMatchObject([{ providerRefundId: again.providerRefundId, amountMinor: 4_000_000 }]);
});

test("one that is still running may be tried again", async () => {
  const { request, fact } = await own.paid();
  await own.turn({ refundConflicts: 1 });
  await expect(own.provider.refund(request)).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  expect(await fact()).toMatchObject({ state: "approved", refunds: [] });
  expect(await own.provider.refund(request)).toMatchObject({ result: "accepted" });
});

test("without enough balance the answer says so, and nothing goes back", async () => {
  const { request, fact } = await own.paid();
  await moneyBack().balance(own.account, "short");
  const answer = await own.provider.refund(request);
  expect(answer).toEqual({ result: "refused", providerRefundId: null, providerStatus: "short_of_balance", detail: "short_of_balance" });
  expect((await fact())?.refunds).toEqual([]);
  await moneyBack().balance(own.account, "enough");
  expect(await own.provider.refund(request)).toMatchObject({ result: "accepted" });
});

test("a refund on its way is spent; days later it fails, and the payment is whole again", async () => {
  const { request, fact } = await own.paid();
  await own.turn({ refundState: "in_process" });
  const answer = await own.provider.refund(request);
  expect(answer).toMatchObject({ result: "accepted", providerStatus: "in_process", isFinal: false });
  expect(await fact()).toMatchObject({ state: "approved", refunds: [{ state: "pending", amountMinor: 8_500_000 }] });
  expect(await own.provider.refund({ ...request, idempotencyKey: "another", amountMinor: 100_000 })).toMatchObject({ result: "refused" });
  await moneyBack().failRefund(answer.providerRefundId ?? "");
  expect(await fact()).toMatchObject({ state: "approved", refunds: [{ state: "failed", providerStatus: "rejected" }] });
});

test("money that the panel has sent back is seen, and a whole refund asked for afterwards is that one", async () => {
  const { request, id, fact } = await own.paid();
  const panels = await moneyBack().refund(id, 8_500_000);
  expect(await fact()).toMatchObject({ state: "refunded", refunds: [{ providerRefundId: panels, state: "done" }] });
  expect(await own.provider.refund(request)).toMatchObject({ result: "accepted", providerRefundId: panels, isFinal: true });
});

test("after 180 days, and after 20 parts, nothing goes back; a void there is none", async () => {
  const old = await own.paid();
  const parts = await own.paid();
  for (let n = 0; n < 20; n += 1)
    expect(await own.provider.refund({ ...parts.request, amountMinor: 100_000, idempotencyKey: `p${n}` })).toMatchObject({
      result: "accepted",
    });
  expect(await own.provider.refund({ ...parts.request, amountMinor: 100_000 })).toMatchObject({
    result: "refused",
    detail: "too_many_parts",
  });
  expect(await own.provider.refund({ ...old.request, method: "void" })).toMatchObject({
    result: "refused",
    detail: "there_are_only_refunds",
  });
  await own.world.press("/clock/advance", { seconds: 181 * 86_400 });
  expect(await own.provider.refund(old.request)).toMatchObject({ result: "refused", detail: "too_old" });
});

test.each(["won", "lost"] as const)("a bank takes the money back: documents are due in ten days, and it ends %s", async (decision) => {
  const { id, fact, request } = await own.paid();
  const dispute = await moneyBack().dispute(id, "dispute", 5_000_000);
  const seen = await fact();
  expect(seen).toMatchObject({ state: "disputed", providerStatus: "charged_back/in_process" });
  const open = only(seen?.disputes ?? []);
  expect(open).toMatchObject({
    providerDisputeId: dispute,
    kind: "dispute",
    state: "needs_response",
    amountMinor: 5_000_000,
    isRefundable: false,
  });
  const [told] = (await own.show(`/v1/chargebacks/search?payment_id=${id}`)).results;
  expect(open.evidenceDueAt?.getTime()).toBe(Date.parse(told.date_created) + 10 * 86_400_000);
  expect(await own.provider.refund(request)).toMatchObject({ result: "refused", detail: "charge_not_approved" });
  expect((await own.provider.findCharges({ reference: seen?.reference ?? "", providerPaymentId: null, currency: "COP" })).charges).toEqual([
    seen,
  ]);
  await moneyBack().decideDispute(dispute, decision);
  expect(await fact()).toMatchObject({
    state: decision === "won" ? "approved" : "charged_back",
    disputes: [{ providerDisputeId: dispute, state: decision }],
  });
});

test("a complaint of the buyer is an inquiry, and a refund ends it", async () => {
  const { id, fact, request } = await own.paid();
  const dispute = await moneyBack().dispute(id, "inquiry");
  expect(await fact()).toMatchObject({
    state: "disputed",
    disputes: [{ providerDisputeId: dispute, kind: "inquiry", isRefundable: true }],
  });
  expect(await own.provider.refund(request)).toMatchObject({ result: "accepted" });
  expect(await fact()).toMatchObject({ state: "refunded" });
});
