import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { cancelAfterClosing } from "#commands/settlement/cancel-after-closing.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { chargeOf, pretended } from "../../support/payers/pretended.ts";
import { prepareStage } from "../../support/stage.ts";
import { hurryPolls } from "../stories.ts";

/** A page that can still be paid keeps its slot: it is closed at the provider before anything is let go. */
const stage = prepareStage({ keepsPromises: true });
const { at, one, begin, end, onItsPage, payAgain, returns, paymentReaches } = pretended(() => stage);
beforeEach(begin);
afterAll(end);
afterEach(() => stage.startWorker());

const longPage = { canCloseEarly: true, pageMinutesMin: 30 } as const;
const closing = (reference: string) => at.service.asked.filter((question) => question === `close session-${reference}`);

async function poll(tenantId: string, reference: string): Promise<void> {
  const payment = await one<{ id: string }>("select id from payment where reference = $1", [reference]);
  await pollPayment({ tenantId, paymentId: payment?.id ?? "", isExtra: true });
}

test("pageMinutesMin: the provider is told an end that it takes, the customer's end stays, and money is awaited from the page's end", async () => {
  const { booking } = await onItsPage({ ...longPage, pendingHoursMax: 1 });
  const payment = await one<{ minutes: number; payable: number }>(
    `select round(extract(epoch from expires_at - created_at) / 60)::int as minutes,
       round(extract(epoch from payable_until - created_at) / 60)::int as payable from payment where reference = $1`,
    [booking.reference],
  );
  expect(payment).toEqual({ minutes: 10, payable: 35 + 60 });
  const { created_at: created } = (await one<{ created_at: Date }>("select created_at from payment where reference = $1", [
    booking.reference,
  ])) ?? { created_at: new Date(0) };
  expect(at.service.started.map(({ expiresAt }) => Math.round((expiresAt.getTime() - created.getTime()) / 60_000))).toEqual([35]);
});

test("when the claim ends, the page is closed before the slot is let go; without the capability nobody tries", async () => {
  for (const canCloseEarly of [true, false]) {
    const { clinic, booking } = await onItsPage({ canCloseEarly });
    await stage.stopWorker();
    await stage.timePasses(booking.id, 13);
    await poll(clinic.tenantId, booking.reference);
    expect(await stage.state(booking)).toMatchObject({ status: "expired" });
    expect(closing(booking.reference)).toHaveLength(canCloseEarly ? 1 : 0);
    await paymentReaches(booking.reference, { status: "expired", closed: canCloseEarly });
    await poll(clinic.tenantId, booking.reference);
    expect(closing(booking.reference)).toHaveLength(canCloseEarly ? 1 : 0);
    await stage.startWorker();
  }
});

test("a page that may still be open keeps its slot: no answer to the closing is silence, until the cap", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  at.service.closing = "away";
  await stage.stopWorker();
  await stage.timePasses(booking.id, 13);
  await poll(clinic.tenantId, booking.reference);
  await paymentReaches(booking.reference, { status: "created", closed: false, failures: 1 });
  expect(await stage.state(booking)).toMatchObject({ status: "pending" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");

  at.service.closing = "closed";
  await poll(clinic.tenantId, booking.reference);
  expect(await stage.state(booking)).toMatchObject({ status: "expired" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("a page that can never be closed is silence only as long as a bank may say yes: then the provider's answer counts", async () => {
  const { clinic, booking } = await onItsPage({ ...longPage, pendingHoursMax: 1 });
  at.service.closing = "away";
  await stage.stopWorker();
  await stage.timePasses(booking.id, 90);
  await poll(clinic.tenantId, booking.reference);
  await paymentReaches(booking.reference, { status: "created", closed: false, failures: 1 });
  await stage.timePasses(booking.id, 10);
  await poll(clinic.tenantId, booking.reference);
  await paymentReaches(booking.reference, { closed: false, failures: 0 });
  expect(await stage.state(booking)).toMatchObject({ status: "expired", isAwaitingAnswer: false });
});

test("somebody who wants the slot has the page closed at once", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  await stage.timePasses(booking.id, 13);
  // Its own poll is far away.
  await stage.owner.query(
    "update graphile_worker._private_jobs set run_at = now() + interval '1 day' where key in (select 'poll-' || id from payment where checkout_id = $1)",
    [booking.id],
  );
  await eventually(async () => expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201));
  expect(closing(booking.reference)).not.toHaveLength(0);
});

test("whoever has paid at this moment wins: the payment is settled instead of closed", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  await stage.stopWorker();
  await stage.timePasses(booking.id, 13);
  at.service.closing = "already_paid";
  // Its API does not show the charge yet: that is no answer either.
  await poll(clinic.tenantId, booking.reference);
  await paymentReaches(booking.reference, { status: "created", failures: 1 });
  expect(await stage.state(booking)).toMatchObject({ status: "pending" });
  at.service.charges.set("1", chargeOf(booking));
  await poll(clinic.tenantId, booking.reference);
  await stage.startWorker();
  await stage.reaches(booking, { paymentStatus: "paid" });
});

test("a pending payment that outlives its claim is cancelled at the provider, and its slot is free at once", async () => {
  const { clinic, booking } = await onItsPage({ canCloseEarly: true });
  at.service.charges.set("1", chargeOf(booking, { state: "pending", providerStatus: "in_process", finalizedAt: null }));
  await returns(booking);
  await paymentReaches(booking.reference, { status: "pending" });
  await stage.stopWorker();
  await stage.timePasses(booking.id, 13);
  at.service.charges.set("1", chargeOf(booking, { state: "cancelled", providerStatus: "cancelled", finalizedAt: null }));
  await poll(clinic.tenantId, booking.reference);
  expect(await stage.state(booking)).toMatchObject({ status: "failed" });
  await paymentReaches(booking.reference, { status: "cancelled", closed: true });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("a pending payment that cannot be closed is an answer as ever: the slot is free, and the closing is tried again", async () => {
  const { clinic, booking } = await onItsPage({ canCloseEarly: true });
  at.service.closing = "already_paid";
  at.service.charges.set("1", chargeOf(booking, { state: "pending", providerStatus: "processing", finalizedAt: null }));
  await stage.stopWorker();
  await stage.timePasses(booking.id, 13);
  await poll(clinic.tenantId, booking.reference);
  expect(await stage.state(booking)).toMatchObject({ status: "failed" });
  await poll(clinic.tenantId, booking.reference);
  expect(closing(booking.reference)).toHaveLength(2);
});

test("the older page is closed when another one is opened; money that comes by it all the same goes back as a duplicate", async () => {
  const { booking } = await onItsPage(longPage);
  const second = await payAgain(booking);
  await paymentReaches(booking.reference, { status: "expired", closed: true });
  expect(closing(second.reference)).toEqual([]);
  at.service.charges.set("second", chargeOf(second));
  await returns(second);
  await stage.reaches(booking, { paymentStatus: "paid" });
  at.service.charges.set("first", chargeOf(booking));
  await hurryPolls(stage, booking.id);
  await stage.reaches(booking, { paymentStatus: "paid", refund: { reason: "duplicate" } });
});

test("whoever has paid on the older page already keeps that, and the newer page is closed", async () => {
  const { booking } = await onItsPage(longPage);
  at.service.closing = "already_paid";
  at.service.charges.set("first", chargeOf(booking));
  const second = await payAgain(booking);
  await stage.reaches(booking, { paymentStatus: "paid" });
  at.service.closing = "closed";
  await hurryPolls(stage, booking.id);
  await paymentReaches(second.reference, { status: "expired", closed: true });
});

test("a page that is wanted closed is never handed out again to whoever comes back with the same hold", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  at.service.closing = "away";
  const second = await payAgain(booking);
  const { holdId, session } = booking;
  const again = async () => (await stage.book(clinic, { holdId, session, provider: "pretend" })).body.reference;
  expect(await again()).toBe(second.reference);
  await stage.owner.query("update payment set close_wanted_at = now() where reference = $1", [second.reference]);
  expect([booking.reference, second.reference]).not.toContain(await again());
});

test("a cancelled checkout's page is closed before the slot is let go, and money that comes all the same goes back", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  await stage.stopWorker();
  const input = { tenantId: clinic.tenantId, checkoutId: booking.id };
  await cancelAfterClosing({ caller: { kind: "operator" }, input });
  expect(closing(booking.reference)).toHaveLength(1);
  await paymentReaches(booking.reference, { status: "expired", closed: true });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  await stage.startWorker();
  at.service.charges.set("1", chargeOf(booking));
  await returns(booking);
  await stage.reaches(booking, { status: "cancelled", refund: { reason: "cancelled" } });
});

test("whoever cancels what has just been paid is told so, and the payment stands", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  at.service.closing = "already_paid";
  at.service.charges.set("1", chargeOf(booking));
  const input = { tenantId: clinic.tenantId, checkoutId: booking.id, seen: { status: "pending" as const, refundMinor: 0 } };
  await expect(cancelAfterClosing({ caller: { kind: "operator" }, input })).rejects.toMatchObject({ code: "changed_meanwhile" });
  await stage.reaches(booking, { paymentStatus: "paid" });
});

test("without an answer it is cancelled all the same, and the page is closed once the provider is back", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  at.service.closing = "away";
  await cancelAfterClosing({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  expect(await stage.state(booking)).toMatchObject({ status: "cancelled" });
  at.service.closing = "closed";
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect(at.service.closed.has(`session-${booking.reference}`)).toBe(true);
  });
});

test("on_decline release: a declined page that can still be paid is closed before its slot is let go", async () => {
  const { clinic, booking } = await onItsPage(longPage, { onDecline: "release" });
  at.service.closing = "away";
  at.service.charges.set("1", chargeOf(booking, { state: "declined", providerStatus: "declined", finalizedAt: null }));
  await returns(booking);
  await stage.reaches(booking, { paymentStatus: "failed" });
  await eventually(async () => expect(closing(booking.reference)).not.toHaveLength(0));
  expect(await stage.state(booking)).toMatchObject({ status: "pending" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  at.service.closing = "closed";
  await hurryPolls(stage, booking.id);
  await stage.reaches(booking, { status: "failed" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("given up at the cap without an answer, the page is still closed as soon as the provider is back", async () => {
  const { clinic, booking } = await onItsPage(longPage);
  at.service.closing = "away";
  await stage.timePasses(booking.id, 45);
  await stage.owner.query("select graphile_worker.add_job('sweep', job_key := 'sweep-now')");
  await stage.reaches(booking, { status: "expired" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  at.service.closing = "closed";
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect(at.service.closed.has(`session-${booking.reference}`)).toBe(true);
  });
});
