import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { openPayment } from "#commands/payments/open-payment.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { sweep } from "#commands/sweep.ts";
import { inTenant } from "#platform/db.ts";
import { withBanksToAsk, withLookup, withOpenPagesAndLookup, withOpenPagesForTries } from "../engine/capabilities/playable.ts";
import { hurryInbox, minutesOfHold } from "../engine/stories.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";
import {
  approve,
  atOnce,
  countEvents,
  decided,
  deliver,
  expectNoDeadlocks,
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

const stage = prepareStage({ worker: false, keepsPromises: true });
expectNoDeadlocks(stage);
let place: Place;

/** Each round in a slot of its own. */
async function eachRound(run: (n: number) => Promise<void>): Promise<void> {
  place = { world: stage, clinic: await stage.openClinic() };
  for (let n = 0; n < rounds; n += 1) await run(n);
}

test("webhook, poll, return page and operator settle one payment at once, while the webhook comes again: it is paid once", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    const chargeId = await approve(stage, booking.checkoutUrl);
    await deliver(stage, chargeId);
    const visit = () => fetch(`${stage.appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" });
    const look = () => stage.state(booking);
    await atOnce([
      ...(await settlers(place, booking)),
      ...(await settlers(place, booking)),
      () => deliver(stage, chargeId, 5),
      visit,
      look,
    ]);
    expect(await decided(place, booking.id)).toEqual(won);
    expect(await countEvents(stage, booking.id)).toEqual({ "booking.created": 1, "payment.started": 1, "booking.paid": 1 });
  });
});

test("the end of the hold comes at the moment of the settling, and the slot is still free: it is paid", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    await stage.timePasses(booking.id, 41);
    await approve(stage, booking.checkoutUrl);
    const end = () => expireCheckout({ tenantId: place.clinic.tenantId, checkoutId: booking.id });
    await atOnce([...(await settlers(place, booking)), end, end, sweep]);
    expect(await decided(place, booking.id)).toEqual(won);
    expect((await countEvents(stage, booking.id))["booking.paid"]).toBe(1);
  });
});

test("cancelled at the moment of the settling: the slot is free and the money goes back, whoever was first", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    await approve(stage, booking.checkoutUrl);
    const cancel = () =>
      cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: place.clinic.tenantId, checkoutId: booking.id } });
    expect((await atOnce([...(await settlers(place, booking)), cancel, cancel])).filter((end) => end !== "done")).toEqual([
      "already_cancelled",
    ]);
    expect(await decided(place, booking.id)).toEqual({ ...sentBack("cancelled"), claims: ["released"] });
    expect((await stage.hold(place.clinic, { start: slotStart(n) })).status).toBe(201);
  });
});

test("another slot is picked while the payment for the first is settled: the first is paid, and the second is held or not, never both lost", async () => {
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, 2 * n);
    await approve(stage, booking.checkoutUrl);
    const pick = async () =>
      expect((await stage.hold(place.clinic, { start: slotStart(2 * n + 1), session: booking.session })).status).toBe(201);
    await atOnce([...(await settlers(place, booking)), pick]);
    expect(await decided(place, booking.id)).toEqual(won);
  });
});

test("another slot is picked while the booking of the first is started: the booking has its slot, or is refused and its slot is free", async () => {
  await eachRound(async (n) => {
    const first = slotStart(2 * n);
    const held = await stage.hold(place.clinic, { start: first });
    const { session } = held.body;
    const replies = await Promise.all([
      stage.book(place.clinic, { holdId: held.body.id, session }),
      stage.hold(place.clinic, { start: slotStart(2 * n + 1), session }),
    ]);
    const [booked, picked] = replies;
    expect(picked.status).toBe(201);
    const stranger = await stage.hold(place.clinic, { start: first });
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
    const held = await stage.hold(place.clinic, { start: slotStart(n) });
    const wish = { holdId: held.body.id, session: held.body.session, ...(n % 2 ? { key: `tab-${n}` } : {}) };
    const replies = await Promise.all([1, 2, 3].map(() => stage.book(place.clinic, wish)));
    expect(replies.map((reply) => reply.status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => `${body.id} ${body.reference} ${body.checkoutUrl}`)).size).toBe(1);
    const { rows } = await stage.owner.query(
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
    const { tenantId, account } = place.clinic;
    const booking = await onPaymentPage(place, n);
    const settling: Promise<unknown>[] = [];
    const appeared = await inTenant(tenantId, async (tx) => {
      const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", booking.id).executeTakeFirstOrThrow();
      // The tx keeps its reference to itself until it commits; the provider knows it already.
      const opened = await openPayment(tx, { checkout, provider: testedProvider.id, hasDocument: true, now: new Date() });
      await stage.payer.charge(account, { reference: opened.reference, amountMinor: booking.amountMinor });
      const { rows } = await stage.owner.query<{ id: string }>(
        "select id from inbox_event where reference = $1 or reference is null and tenant_id = $2",
        [opened.reference, tenantId],
      );
      settling.push(...rows.map(({ id }) => settleInboxEvent({ tenantId, inboxEventId: id })));
      if (n % 2) await stage.state(booking); // half of the rounds commit a little later
      return opened;
    });
    await Promise.all(settling);
    await runInboxJobs(appeared.reference);
    expect(await decided(place, booking.id)).toEqual(won);
    const { rows } = await stage.owner.query("select state from inbox_event where reference = $1", [appeared.reference]);
    expect(rows).toEqual([{ state: "settled" }]);
  });
});

/** What the worker would do now: the due jobs of the inbox. */
async function runInboxJobs(reference: string): Promise<void> {
  const { rows } = await stage.owner.query<{ id: string }>(
    `select e.id from inbox_event e join graphile_worker._private_jobs j on j.key = 'inbox-' || e.id where (e.reference = $1 or e.reference is null and e.tenant_id = $2) and j.run_at <= now() + interval '1 second'`,
    [reference, place.clinic.tenantId],
  );
  for (const { id } of rows) await settleInboxEvent({ tenantId: place.clinic.tenantId, inboxEventId: id });
}

test("a new customer wants the slot of a lapsed hold whose late payment settles that moment: one of them has it", async () => {
  const winners = new Set<string>();
  await eachRound(async (n) => void winners.add(await newHoldAgainstLatePayment(place, n)));
  console.log(`slot of a lapsed hold: won by ${[...winners].join(" and ")}`);
});

withOpenPagesAndLookup.story(
  "unpaid attempts are cleaned up while a late approval is settled: it is a booking, or a refund case without one",
  async () => {
    await eachRound(async (n) => {
      const { tenantId } = place.clinic;
      const booking = await onPaymentPage(place, n);
      await stage.timePasses(booking.id, 45);
      await pollPayment({ tenantId, paymentId: booking.paymentId });
      const chargeId = await approve(stage, booking.checkoutUrl);
      // Half of the approvals are known only to the poll: their event never comes.
      if (n % 2) await deliver(stage, chargeId);
      await atOnce([...(await settlers(place, booking)), cleanupUnpaid, cleanupUnpaid]);
      const after = await decided(place, booking.id);
      if (after.booking.status !== "gone") return expect(after).toEqual(won);
      await inboxAges(stage, 31);
      // A look that met the clean-up may have put the event off for some seconds.
      await eventually(async () => {
        await hurryInbox(stage, booking.reference);
        for (const run of await settlers(place, booking)) await run();
        const { rows } = await stage.owner.query(
          "select r.reason, r.checkout_id from refund_case r join charge c on c.id = r.charge_id where c.provider_charge_id = $1",
          [chargeId],
        );
        expect(rows).toEqual([{ reason: "unmatched", checkout_id: null }]);
      });
    });
  },
);

withLookup.story("an attempt about which the provider has not answered since its end is not cleaned up", async () => {
  const clinic = await stage.openClinic();
  place = { world: stage, clinic };
  const booking = await onPaymentPage(place, 0);
  await stage.timePasses(booking.id, 45);
  await approve(stage, booking.checkoutUrl);
  await stage.payer.behave(clinic.account, { fails: { status: 503, times: 1 } });
  await pollPayment({ tenantId: clinic.tenantId, paymentId: booking.paymentId });
  await cleanupUnpaid();
  await pollPayment({ tenantId: clinic.tenantId, paymentId: booking.paymentId });
  expect(await decided(place, booking.id)).toEqual(won);
});

withBanksToAsk.story(
  "a bank's yes after the end of the hold, for a slot that is resold, is sent back, and no promise was broken",
  async () => {
    place = { world: stage, clinic: await stage.openClinic() };
    const { tenantId } = place.clinic;
    const booking = await onPaymentPage(place, 0);
    const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { method: "bank_transfer" });
    await pollPayment({ tenantId, paymentId: booking.paymentId });
    await stage.timePasses(booking.id, minutesOfHold);
    await pollPayment({ tenantId, paymentId: booking.paymentId });
    expect((await stage.hold(place.clinic, { start: slotStart(0) })).status).toBe(201);
    await stage.payer.decide(chargeIds[0], "approved", { tells: "never" });
    await pollPayment({ tenantId, paymentId: booking.paymentId });
    expect(await decided(place, booking.id)).toEqual(sentBack("capacity_gone"));
  },
);

withOpenPagesForTries.story(
  "where the merchant lets a slot go at a decline, a later yes for a resold slot is sent back, and no promise was broken",
  async () => {
    place = { world: stage, clinic: await stage.openClinic({ onDecline: "release" }) };
    const { tenantId } = place.clinic;
    const booking = await onPaymentPage(place, 0);
    await stage.pay(booking.checkoutUrl, "decline", { tells: "never" });
    await pollPayment({ tenantId, paymentId: booking.paymentId });
    expect((await stage.hold(place.clinic, { start: slotStart(0) })).status).toBe(201);
    await approve(stage, booking.checkoutUrl);
    await pollPayment({ tenantId, paymentId: booking.paymentId });
    expect(await decided(place, booking.id)).toEqual({ ...sentBack("capacity_gone"), claims: ["released"] });
  },
);
