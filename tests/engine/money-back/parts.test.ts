import { afterAll, expect, test } from "vitest";
import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { eventually } from "#tests/support/end-state.ts";
import { sendBack, turnPart } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { hurryFollowUps, settledAtOnce } from "../stories.ts";
import { byApi, casesOf, eventsOf, look, newService, paidAtPretended, questionOf } from "./pretended.ts";

/** A provider that tells each refund: ours and the panel's, done, pending, failed, and short of money. */
const stage = prepareStage({ keepsPromises: true });
afterAll(() => {
  delete paymentProviders["pretend"];
});

const caller = { kind: "operator" } as const;
const ask = (clinic: { tenantId: string }, booking: { id: string }, amountMinor: number) =>
  requestRefund({ caller, input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor } });

const reachesCase = (booking: { id: string }, wanted: object) =>
  eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect(await casesOf(stage, booking)).toEqual([expect.objectContaining(wanted)]);
  });

async function mailsTo(who: string, clinic: { link: string }): Promise<string[]> {
  const reply = await fetch(`${stage.simulatorsUrl}/mail/state?to=${who}@${clinic.link}.example`);
  const { mails } = (await reply.json()) as { mails: { subject: string; text: string }[] };
  return mails.map(({ subject, text }) => `${subject}\n${text}`.replaceAll(/\s+/g, " "));
}

test("a refund sent in the panel is recorded with its amount and asked about, and cancels nothing", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
  sendBack(charge, { amountMinor: 3_000_000 });
  await look(stage, booking);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "partly_refunded" });
  expect(await questionOf(stage, booking)).toBe("open");
  expect(await eventsOf(stage, booking, "payment.reversed")).toEqual([
    expect.objectContaining({ movedMinor: 3_000_000, state: "partly_refunded", asks: true }),
  ]);
  await settledAtOnce(stage, booking.id);
  expect((await mailsTo("merchant", clinic)).join("\n")).toContain("30.000");
  // Said twice, it is one refund.
  await look(stage, booking);
  expect(await eventsOf(stage, booking, "payment.reversed")).toHaveLength(1);
  // What the panel has sent is spent: only the rest may go back.
  await expect(ask(clinic, booking, charge.amountMinor - 2_999_999)).rejects.toMatchObject({ code: "nothing_to_refund" });
  expect(await answerReversal({ caller, input: { tenantId: clinic.tenantId, checkoutId: booking.id, answer: "cancel" } })).toBe(true);
  await reachesCase(booking, { state: "done", reason: "cancelled" });
  await stage.reaches(booking, { status: "cancelled", paymentStatus: "refunded" });
});

test("a refund of ours is no refund of the panel, whichever tells of it first", async () => {
  const service = newService({ accepts: "pending", keepsKeys: true });
  const { clinic, booking, charge } = await paidAtPretended(stage, service);
  await ask(clinic, booking, 2_000_000);
  await reachesCase(booking, { state: "observing" });
  await look(stage, booking);
  expect(await questionOf(stage, booking)).toBeNull();
  // Pending counts as spent.
  await expect(ask(clinic, booking, charge.amountMinor - 1_999_999)).rejects.toMatchObject({ code: "nothing_to_refund" });
  turnPart(charge, charge.refunds?.[0]?.providerRefundId ?? "", "done");
  await look(stage, booking);
  expect(await casesOf(stage, booking)).toEqual([expect.objectContaining({ state: "done" })]);
  expect(service.refunds).toHaveLength(1);
  expect(await eventsOf(stage, booking, "payment.reversed")).toEqual([]);
});

test("a refund that fails days later is a person's, and the customer is told that it did not arrive", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
  await ask(clinic, booking, charge.amountMinor);
  await reachesCase(booking, { state: "done" });
  await stage.reaches(booking, { paymentStatus: "refunded", refund: { state: "done" } });
  await settledAtOnce(stage, booking.id);
  turnPart(charge, charge.refunds?.[0]?.providerRefundId ?? "", "failed");
  await look(stage, booking);
  expect(await casesOf(stage, booking)).toEqual([
    expect.objectContaining({ state: "manual", method: "manual", last_error: "failed_at_provider: failed" }),
  ]);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "refunding", refund: { state: "manual" } });
  await settledAtOnce(stage, booking.id);
  expect((await mailsTo("customer", clinic)).join("\n")).toContain("no llegó");
  expect((await mailsTo("merchant", clinic)).join("\n")).toContain("La devolución falló");
  // The same word again changes nothing.
  await look(stage, booking);
  expect(await eventsOf(stage, booking, "refund_case.failed")).toHaveLength(1);
  // A person sends it in the panel, as our steps say: that is no other refund.
  sendBack(charge, { amountMinor: charge.amountMinor });
  await look(stage, booking);
  await stage.reaches(booking, { paymentStatus: "refunded", refund: { state: "done" } });
  expect(await questionOf(stage, booking)).toBeNull();
});

test("an account that is short of money is a state with words; the next try has a new key, and pays once", async () => {
  const service = newService({ accepts: "short", keepsKeys: true });
  const { clinic, booking } = await paidAtPretended(stage, service);
  await ask(clinic, booking, 2_000_000);
  await reachesCase(booking, { state: "short_of_balance" });
  expect(await eventsOf(stage, booking, "refund_case.short_of_balance")).toHaveLength(1);
  // It is not asked again before its time.
  await hurryFollowUps(stage, booking.id);
  expect(service.refunds).toHaveLength(1);
  service.parts = { accepts: "done", keepsKeys: true };
  await stage.owner.query(
    "update refund_case set updated_at = updated_at - interval '20 minutes', short_since = short_since - interval '20 minutes' where checkout_id = $1",
    [booking.id],
  );
  await reachesCase(booking, { state: "done" });
  expect(new Set(service.refunds.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  expect(service.refunds).toHaveLength(2);
});

test("a refund that waits at the provider for money is not sent a second time", async () => {
  const service = newService({ accepts: "short_of_balance", keepsKeys: true });
  const { clinic, booking, charge } = await paidAtPretended(stage, service);
  await ask(clinic, booking, 2_000_000);
  await reachesCase(booking, { state: "short_of_balance" });
  await stage.owner.query("update refund_case set updated_at = updated_at - interval '1 day' where checkout_id = $1", [booking.id]);
  await hurryFollowUps(stage, booking.id);
  await look(stage, booking);
  turnPart(charge, charge.refunds?.[0]?.providerRefundId ?? "", "done");
  await look(stage, booking);
  await reachesCase(booking, { state: "done" });
  expect(service.refunds).toHaveLength(1);
});

test.each([true, false])("a refund without an answer is found among the charge's refunds (keys told: %s)", async (keepsKeys) => {
  const service = newService({ accepts: "then_breaks", keepsKeys });
  const { clinic, booking } = await paidAtPretended(stage, service, { ...byApi, idempotencyKey: keepsKeys });
  await ask(clinic, booking, 2_000_000);
  await reachesCase(booking, { state: "done" });
  expect(service.refunds).toHaveLength(1);
  expect(await questionOf(stage, booking)).toBeNull();
});

test("a refund without an answer that is not at the provider is repeated with its key, or goes to a person", async () => {
  for (const idempotencyKey of [true, false]) {
    const service = newService({ accepts: "breaks", keepsKeys: true });
    const { clinic, booking } = await paidAtPretended(stage, service, { ...byApi, idempotencyKey });
    await ask(clinic, booking, 2_000_000);
    await eventually(async () => expect(service.refunds.length).toBeGreaterThan(0));
    service.parts = { accepts: "done", keepsKeys: true };
    await reachesCase(booking, { state: idempotencyKey ? "done" : "manual" });
    expect(new Set(service.refunds.map((request) => request.idempotencyKey)).size).toBe(1);
    expect(service.refunds.length).toBe(idempotencyKey ? 2 : 1);
  }
});

test("a panel refund at the same instant as ours: both are seen, each once, and one is asked about", async () => {
  const service = newService({ accepts: "pending", keepsKeys: true });
  const { clinic, booking, charge } = await paidAtPretended(stage, service);
  await ask(clinic, booking, 2_000_000);
  await reachesCase(booking, { state: "observing" });
  sendBack(charge, { amountMinor: 2_000_000 });
  turnPart(charge, charge.refunds?.[0]?.providerRefundId ?? "", "done");
  await Promise.all([look(stage, booking), look(stage, booking), hurryFollowUps(stage, booking.id)]);
  await reachesCase(booking, { state: "done" });
  expect(await eventsOf(stage, booking, "payment.reversed")).toEqual([expect.objectContaining({ movedMinor: 2_000_000 })]);
  expect(await eventsOf(stage, booking, "refund_case.done")).toHaveLength(1);
  expect(await questionOf(stage, booking)).toBe("open");
});

test("of two refunds at once that together are too much, one is refused", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
  const most = charge.amountMinor - 1_000_000;
  const asked = await Promise.allSettled([ask(clinic, booking, most), ask(clinic, booking, most)]);
  expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await reachesCase(booking, { state: "done" });
});
