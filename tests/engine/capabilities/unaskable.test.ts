import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { askProviders } from "#commands/ask-providers.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { sweep } from "#commands/sweep.ts";
import { listAttention } from "#queries/attention.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { type Booking, pretended } from "../../support/payers/pretended.ts";
import { prepareStage } from "../../support/stage.ts";

/** `lookup: none`: the provider cannot be asked. Its webhooks tell, and time ends what they leave open. */
const stage = prepareStage({ keepsPromises: true });
const { at, one, begin, end, onItsPage, returns, tells } = pretended(() => stage);
beforeEach(begin);
afterAll(end);
afterEach(() => stage.startWorker());

const unaskable = { lookup: "none", signatureCovers: "all", pendingHoursMax: 25 } as const;
const onPage = () => onItsPage(unaskable);

async function jobsOf(booking: Booking): Promise<string[]> {
  const { rows } = await stage.owner.query<{ key: string }>(
    `select j.key from graphile_worker._private_jobs j, payment p where p.checkout_id = $1
       and j.key in ('poll-' || p.id, 'return-' || p.id, 'wanted-' || p.id)`,
    [booking.id],
  );
  return rows.map(({ key }) => key);
}

const attentionOf = async (tenantId: string) => (await listAttention()).flatMap((item) => (item.tenantId === tenantId ? [item.kind] : []));

test("its webhook alone confirms, and nobody ever asks", async () => {
  const { connectionId, booking } = await onPage();
  expect(await jobsOf(booking)).toEqual([]);
  await returns(booking);
  await tells(connectionId, booking, {});
  await stage.reaches(booking, { paymentStatus: "paid" });
  expect(at.service.asked).toEqual([]);
});

test("without a word nothing is asked and no silence is counted: the slot waits for the cap, and a late approval is settled like any other", async () => {
  const { clinic, connectionId, booking } = await onPage();
  const payment = await one<{ id: string }>("select id from payment where checkout_id = $1", [booking.id]);
  await stage.timePasses(booking.id, 13);
  await sweep();
  await pollPayment({ tenantId: clinic.tenantId, paymentId: payment?.id ?? "" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  await returns(booking);
  expect(await stage.state(booking)).toMatchObject({ status: "pending" });

  await stage.timePasses(booking.id, 60);
  await sweep();
  expect(await stage.state(booking)).toMatchObject({ status: "expired" });
  expect((await one("select failures, asked_at from payment where checkout_id = $1", [booking.id])) ?? {}).toEqual({
    failures: 0,
    asked_at: null,
  });
  expect(await attentionOf(clinic.tenantId)).toEqual([]);
  expect(at.service.asked).toEqual([]);
  expect(await jobsOf(booking)).toEqual([]);

  await tells(connectionId, booking, {});
  await stage.reaches(booking, { paymentStatus: "paid" });
});

test("a late approval of a slot that somebody else has is sent back", async () => {
  const { clinic, connectionId, booking } = await onPage();
  await stage.timePasses(booking.id, 45);
  await sweep();
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  await tells(connectionId, booking, {});
  await stage.reaches(booking, { status: "cancelled", refund: { reason: "capacity_gone" } });
});

test("declined and over, its booking is deleted once its webhook can come no more, although nobody can be asked", async () => {
  const { connectionId, booking } = await onPage();
  await tells(connectionId, booking, { state: "declined" });
  await stage.reaches(booking, { paymentStatus: "failed" });
  await stage.timePasses(booking.id, 45);
  await sweep();
  await stage.reaches(booking, { status: "failed" });
  await cleanupUnpaid();
  expect(await one("select id from checkout where id = $1", [booking.id])).toBeDefined();
  await stage.timePasses(booking.id, 26 * 60);
  await cleanupUnpaid();
  expect(await one("select id from checkout where id = $1", [booking.id])).toBeUndefined();
});

test("a definite no before the end frees the slot soon after it, and one after the end at once", async () => {
  for (const minutesBefore of [0, 13]) {
    const { clinic, connectionId, booking } = await onPage();
    if (minutesBefore > 0) await stage.timePasses(booking.id, minutesBefore);
    await tells(connectionId, booking, { state: "declined" });
    if (minutesBefore === 0) {
      await stage.reaches(booking, { paymentStatus: "failed" });
      expect(await stage.state(booking)).toMatchObject({ status: "pending" });
      await stage.timePasses(booking.id, 13);
      await stage.owner.query(`select pg_notify('jobs:insert', '{"count":1}')`);
    }
    await stage.reaches(booking, { status: "failed" });
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  }
});

test("a payment that was begun and ended without a word is not known, and a person is told so", async () => {
  const { clinic, connectionId, booking } = await onPage();
  await tells(connectionId, booking, { state: "pending" });
  await eventually(async () =>
    expect(await one("select status from payment where checkout_id = $1", [booking.id])).toEqual({ status: "pending" }),
  );
  await stage.timePasses(booking.id, 45);
  await sweep();
  expect(await stage.state(booking)).toMatchObject({ status: "failed" });
  expect(await attentionOf(clinic.tenantId)).toEqual(["payment_not_answered"]);
});

test("`doctor --ask` calls it not known, which is never no", async () => {
  const { booking } = await onPage();
  const { asked } = await askProviders({ settle: true });
  const own = asked.find(({ question }) => question.payment?.reference === booking.reference);
  expect(own).toMatchObject({ differences: [], noAnswer: null, canBeAsked: false });
  expect(at.service.asked).toEqual([]);
});
