import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { openPayment } from "#commands/payments/open-payment.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { sweep } from "#commands/sweep.ts";
import { inTenant } from "#platform/db.ts";
import { examine } from "#queries/doctor.ts";
import { openClinic, post } from "../support/clinic.ts";
import { book, hold, pay, slotStart, state } from "../support/customer.ts";
import { timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import {
  approve,
  atOnce,
  countDeadlocks,
  countEvents,
  decided,
  deliver,
  inboxAges,
  newHoldAgainstLatePayment,
  onPaymentPage,
  type Place,
  rounds,
  sentBack,
  settlers,
  twoPaymentsAtOnce,
  won,
} from "./contest.ts";

let world: World;
let place: Place;

beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterEach(async () => expect(await examine()).toEqual([]));
afterAll(() => world.stop());

/** Each round in a slot of its own. */
async function eachRound(run: (n: number) => Promise<void>): Promise<void> {
  place = { world, clinic: await openClinic(world) };
  for (let n = 0; n < rounds; n += 1) await run(n);
}

test("webhook, poll, return page and operator settle one payment at once, while the webhook comes again: it is paid once", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    const transaction = await approve(world, booking.checkoutUrl);
    await deliver(world, transaction);
    const visit = () => fetch(`${world.appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" });
    const look = () => state(world, booking);
    await atOnce([
      ...(await settlers(place, booking)),
      ...(await settlers(place, booking)),
      () => deliver(world, transaction, 5),
      visit,
      look,
    ]);
    expect(await decided(place, booking.id)).toEqual(won);
    expect(await countEvents(world, booking.id)).toEqual({ "booking.created": 1, "payment.started": 1, "booking.paid": 1 });
  });
});

test("the end of the hold comes at the moment of the settling, and the slot is still free: it is paid", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    await timePasses(world, booking.id, 41);
    await approve(world, booking.checkoutUrl);
    const end = () => expireCheckout({ tenantId: place.clinic.tenantId, checkoutId: booking.id });
    await atOnce([...(await settlers(place, booking)), end, end, sweep]);
    expect(await decided(place, booking.id)).toEqual(won);
    expect((await countEvents(world, booking.id))["booking.paid"]).toBe(1);
  });
});

test("cancelled at the moment of the settling: the slot is free and the money goes back, whoever was first", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    await approve(world, booking.checkoutUrl);
    const cancel = () =>
      cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: place.clinic.tenantId, checkoutId: booking.id } });
    expect((await atOnce([...(await settlers(place, booking)), cancel, cancel])).filter((end) => end !== "done")).toEqual([
      "checkout_closed",
    ]);
    expect(await decided(place, booking.id)).toEqual({ ...sentBack("cancelled"), claims: ["released"] });
    expect((await hold(world, place.clinic, { start: slotStart(n) })).status).toBe(201);
  });
});

test("another slot is picked while the payment for the first is settled: the first is paid, and the second is held or not, never both lost", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, 2 * n);
    await approve(world, booking.checkoutUrl);
    const pick = async () =>
      expect((await hold(world, place.clinic, { start: slotStart(2 * n + 1), session: booking.session })).status).toBe(201);
    await atOnce([...(await settlers(place, booking)), pick]);
    expect(await decided(place, booking.id)).toEqual(won);
  });
});

test("another slot is picked while the booking of the first is started: the booking has its slot, or is refused and its slot is free", async () => {
  await eachRound(async (n) => {
    const first = slotStart(2 * n);
    const held = await hold(world, place.clinic, { start: first });
    const { session } = held.body;
    const replies = await Promise.all([
      book(world, place.clinic, { holdId: held.body.id, session }),
      hold(world, place.clinic, { start: slotStart(2 * n + 1), session }),
    ]);
    const [booked, picked] = replies;
    expect(picked.status).toBe(201);
    const stranger = await hold(world, place.clinic, { start: first });
    if (booked.status === 201) {
      expect((await decided(place, booked.body.id)).claims).toEqual(["paying"]);
      expect(stranger.body.code).toBe("slot_taken");
    } else {
      expect(booked.body.code).toBe("hold_expired");
      expect(stranger.status).toBe(201);
    }
  });
});

test("two tabs start the booking of one hold: one booking, one payment", async () => {
  await eachRound(async (n) => {
    const held = await hold(world, place.clinic, { start: slotStart(n) });
    const wish = { holdId: held.body.id, session: held.body.session, ...(n % 2 ? { key: `tab-${n}` } : {}) };
    const replies = await Promise.all([1, 2, 3].map(() => book(world, place.clinic, wish)));
    expect(replies.map((reply) => reply.status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => `${body.id} ${body.reference} ${body.checkoutUrl}`)).size).toBe(1);
    const { rows } = await world.owner.query(
      "select count(*)::int as bookings from booking where starts_at = $1 and tenant_id = $2 union all select count(*)::int from payment where checkout_id = $3",
      [slotStart(n), place.clinic.tenantId, replies[0]?.body.id],
    );
    expect(rows).toEqual([{ bookings: 1 }, { bookings: 1 }]);
  });
});

test("two payments of one booking are approved at once: one is the booking's, the other goes back", async () => {
  await eachRound((n) => twoPaymentsAtOnce(place, n));
});

test("an event is looked at while the checkout it speaks of is just appearing: they find each other", async () => {
  await eachRound(async (n) => {
    const { tenantId, merchant } = place.clinic;
    const booking = await onPaymentPage(place, n);
    const settling: Promise<unknown>[] = [];
    const appeared = await inTenant(tenantId, async (tx) => {
      const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", booking.id).executeTakeFirstOrThrow();
      // The tx keeps its reference to itself until it commits; the provider knows it already.
      const opened = await openPayment(tx, { checkout, provider: "wompi", now: new Date() });
      const wish = { publicKey: merchant.publicKey, reference: opened.reference, amountInCents: String(booking.amountMinor) };
      await post(`${world.simulatorsUrl}/wompi/transactions/create`, wish);
      const { rows } = await world.owner.query<{ id: string }>("select id from inbox_event where reference = $1", [opened.reference]);
      settling.push(...rows.map(({ id }) => settleInboxEvent({ tenantId, inboxEventId: id })));
      if (n % 2) await state(world, booking); // half of the rounds commit a little later
      return opened;
    });
    await Promise.all(settling);
    await runInboxJobs(appeared.reference);
    expect(await decided(place, booking.id)).toEqual(won);
    const { rows } = await world.owner.query("select state from inbox_event where reference = $1", [appeared.reference]);
    expect(rows).toEqual([{ state: "settled" }]);
  });
});

/** What the worker would do now: the due jobs of the inbox. */
async function runInboxJobs(reference: string): Promise<void> {
  const { rows } = await world.owner.query<{ id: string }>(
    `select e.id from inbox_event e join graphile_worker._private_jobs j on j.key = 'inbox-' || e.id where e.reference = $1 and j.run_at <= now() + interval '1 second'`,
    [reference],
  );
  for (const { id } of rows) await settleInboxEvent({ tenantId: place.clinic.tenantId, inboxEventId: id });
}

test("a new customer wants the slot of a lapsed hold whose late payment settles that moment: one of them has it", async () => {
  const winners = new Set<string>();
  await eachRound(async (n) => void winners.add(await newHoldAgainstLatePayment(place, n)));
  console.log(`slot of a lapsed hold: won by ${[...winners].join(" and ")}`);
});

test("unpaid attempts are cleaned up while a late approval is settled: it is a booking, or a refund case without one", async () => {
  await eachRound(async (n) => {
    const { tenantId } = place.clinic;
    const booking = await onPaymentPage(place, n);
    await timePasses(world, booking.id, 45);
    await pollPayment({ tenantId, paymentId: booking.paymentId });
    const transaction = await approve(world, booking.checkoutUrl);
    // Half of the approvals are known only to the poll: their event never comes.
    if (n % 2) await deliver(world, transaction);
    await atOnce([...(await settlers(place, booking)), cleanupUnpaid, cleanupUnpaid]);
    const after = await decided(place, booking.id);
    if (after.booking.status !== "gone") return expect(after).toEqual(won);
    await inboxAges(world, 31);
    for (const run of await settlers(place, booking)) await run();
    const { rows } = await world.owner.query(
      "select r.reason, r.checkout_id from refund_case r join charge c on c.id = r.charge_id where c.provider_charge_id = $1",
      [transaction],
    );
    expect(rows).toEqual([{ reason: "unmatched", checkout_id: null }]);
  });
});

test("an attempt about which the provider has not answered since its end is not cleaned up", async () => {
  const clinic = await openClinic(world);
  place = { world, clinic };
  const booking = await onPaymentPage(place, 0);
  await timePasses(world, booking.id, 45);
  await approve(world, booking.checkoutUrl);
  await post(`${world.simulatorsUrl}/wompi/panel/knobs`, { publicKey: clinic.merchant.publicKey, apiStatus: "503", apiFailures: "1" });
  await pollPayment({ tenantId: clinic.tenantId, paymentId: booking.paymentId });
  await cleanupUnpaid();
  await pollPayment({ tenantId: clinic.tenantId, paymentId: booking.paymentId });
  expect(await decided(place, booking.id)).toEqual(won);
});

test("a bank's yes after the end of the hold, for a slot that is resold, is sent back, and no promise was broken", async () => {
  place = { world, clinic: await openClinic(world) };
  const { tenantId } = place.clinic;
  const booking = await onPaymentPage(place, 0);
  const { transactionIds } = await pay(world, booking.checkoutUrl, "pending", { method: "PSE" });
  await pollPayment({ tenantId, paymentId: booking.paymentId });
  await timePasses(world, booking.id, 13);
  await pollPayment({ tenantId, paymentId: booking.paymentId });
  expect((await hold(world, place.clinic, { start: slotStart(0) })).status).toBe(201);
  await post(`${world.simulatorsUrl}/wompi/transactions/${transactionIds[0]}/resolve`, { status: "APPROVED", event: "never" });
  await pollPayment({ tenantId, paymentId: booking.paymentId });
  expect(await decided(place, booking.id)).toEqual(sentBack("capacity_gone"));
});

test("where the merchant lets a slot go at a decline, a later yes for a resold slot is sent back, and no promise was broken", async () => {
  place = { world, clinic: await openClinic(world, { onDecline: "release" }) };
  const { tenantId } = place.clinic;
  const booking = await onPaymentPage(place, 0);
  await pay(world, booking.checkoutUrl, "decline", { event: "never" });
  await pollPayment({ tenantId, paymentId: booking.paymentId });
  expect((await hold(world, place.clinic, { start: slotStart(0) })).status).toBe(201);
  await approve(world, booking.checkoutUrl);
  await pollPayment({ tenantId, paymentId: booking.paymentId });
  expect(await decided(place, booking.id)).toEqual({ ...sentBack("capacity_gone"), claims: ["released"] });
});

test("in all these races PostgreSQL had to break no deadlock", async () => {
  expect(await countDeadlocks(world)).toBe(0);
});
