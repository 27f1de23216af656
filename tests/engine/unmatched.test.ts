import { expect, test } from "vitest";
import { newReference } from "#platform/ids.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { withOpenPagesAndLookup, withTwoCharges } from "./capabilities/playable.ts";
import {
  confirmed,
  facts,
  halfAnHourPasses,
  hurryInbox,
  inbox,
  manualFollowUps,
  refundCases,
  refundOfCard,
  settledAtOnce,
} from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

/** The oldest events; the event of a void may already have followed. */
const inboxReaches = (clinic: Clinic, states: string[]) =>
  eventually(async () => expect((await inbox(stage, clinic)).map((row) => row.state).slice(0, states.length)).toEqual(states));

test("an approval for a reference of ours that nobody knows waits 30 minutes, then becomes a refund case that is sent back", async () => {
  const clinic = await stage.openClinic();
  const reference = newReference();
  await stage.payer.charge(clinic.account, { reference, amountMinor: 5_000_000 });
  await inboxReaches(clinic, ["unmatched"]);
  await hurryInbox(stage, reference);
  expect(await refundCases(stage, clinic)).toEqual([]);

  await halfAnHourPasses(stage, reference);
  await inboxReaches(clinic, ["refund_case"]);
  const [refundCase] = await refundCases(stage, clinic);
  expect(refundCase).toMatchObject({ reason: "unmatched", bookingId: null, amount: 5_000_000 });
  await settledAtOnce(stage, refundCase?.id ?? "");
  expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "unmatched", state: refundOfCard.state }]);
  const { followUps, mails, callbacks } = await stage.endState(clinic, refundCase?.id ?? "");
  expect({ followUps, mails, callbacks }).toEqual({
    followUps: {
      "refund_case.opened advance-refund": "done",
      "refund_case.opened mail-customer-refund": "skipped",
      "refund_case.opened mail-merchant-refund": "done",
      "refund_case.opened notify-merchant": "done",
      ...(refundOfCard.state === "done" ? { "refund_case.done mail-customer-refund-done": "skipped" } : manualFollowUps),
    },
    mails: ["merchant"],
    callbacks: [],
  });
});

test("what was proven in test mode, where some providers sign with no key, is nothing once the account takes real money", async () => {
  const clinic = await stage.openClinic();
  const reference = newReference();
  await stage.payer.charge(clinic.account, { reference, amountMinor: 5_000_000 });
  await inboxReaches(clinic, ["unmatched"]);
  await stage.owner.query("update connection set mode = 'production' where id = $1", [clinic.connectionId]);
  await halfAnHourPasses(stage, reference);
  await inboxReaches(clinic, ["ignored"]);
  expect(await refundCases(stage, clinic)).toEqual([]);
});

test("after 30 minutes an unknown reference is ignored if the provider knows it as declined, or if the event is a decline that its API does not know", async () => {
  const clinic = await stage.openClinic();
  const decline = { amountMinor: 5_000_000, state: "declined" } as const;
  await stage.payer.charge(clinic.account, { ...decline, reference: "FOREIGN-2" });
  await stage.payer.tell(clinic.account, { ...decline, reference: "FOREIGN-3" });
  await inboxReaches(clinic, ["unmatched", "unmatched"]);
  await halfAnHourPasses(stage, "FOREIGN-2");
  await halfAnHourPasses(stage, "FOREIGN-3");
  // An id alone says nothing of a decline: the API is asked for a month.
  await inboxReaches(clinic, ["ignored", facts.signatureCovers === "id_only" ? "unmatched" : "ignored"]);
  expect(await refundCases(stage, clinic)).toEqual([]);
});

withOpenPagesAndLookup.story(
  "an approval that comes after the clean-up has deleted its booking is not lost: it becomes a refund case",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.timePasses(booking.id, 45);
    await stage.reaches(booking, { status: "expired" });
    const headers = { authorization: "Bearer cron-secret-of-the-tests" };
    await eventually(async () => {
      await fetch(`${stage.appUrl}/api/cron/cleanup-unpaid`, { method: "POST", headers });
      expect((await stage.endState(clinic, booking.id)).booking.status).toBe("gone");
    });

    await stage.pay(booking.checkoutUrl, "approve");
    await inboxReaches(clinic, ["unmatched"]);
    await halfAnHourPasses(stage, booking.reference);
    await inboxReaches(clinic, ["refund_case"]);
    const [refundCase] = await refundCases(stage, clinic);
    await settledAtOnce(stage, refundCase?.id ?? "");
    expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "unmatched", state: refundOfCard.state, amount: 10_000_000 }]);
  },
);

const lockKey = 7_040_001;

/**
 * Booking stops inside its transaction, at the first row of this table, until `letGo`; tells the
 * reference that nobody else can see yet.
 */
async function bookingThatStopsAt(table: "payment" | "event", clinic: Clinic) {
  const gate = await stage.owner.connect();
  await gate.query("select pg_advisory_lock($1)", [lockKey]);
  await gate.query(`create or replace function stop_here() returns trigger language plpgsql as $$ begin
      if tg_table_name = 'payment' then perform set_config('application_name', to_jsonb(new) ->> 'reference', true); end if;
      if tg_table_name = '${table}' and (tg_table_name = 'payment' or to_jsonb(new) ->> 'kind' = 'payment.started') then
        perform pg_advisory_xact_lock_shared(${lockKey});
      end if;
      return new; end $$`);
  await gate.query("create trigger stop_here after insert on payment for each row execute function stop_here()");
  await gate.query("create trigger stop_here after insert on event for each row execute function stop_here()");
  const booking = stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const reference = await eventually(async () => {
    const { rows } = await gate.query<{ reference: string }>(
      "select application_name as reference from pg_stat_activity where application_name like 'KF-%' and wait_event = 'advisory' and datname = current_database()",
    );
    return rows[0]?.reference ?? Promise.reject(new Error("the booking has not come to its payment"));
  });
  return {
    booking,
    reference,
    async letGo() {
      await gate.query("select pg_advisory_unlock($1)", [lockKey]);
      await booking;
      await gate.query("drop trigger stop_here on payment");
      await gate.query("drop trigger stop_here on event");
      gate.release();
    },
  };
}

withTwoCharges.story("an event that comes before its payment is committed waits, and is matched when the payment appears", async () => {
  const clinic = await stage.openClinic();
  const stopped = await bookingThatStopsAt("payment", clinic);
  const { reference } = stopped;
  await stage.payer.charge(clinic.account, { reference, amountMinor: 10_000_000 });
  await inboxReaches(clinic, ["unmatched"]);
  await stopped.letGo();
  const booking = await stopped.booking;
  expect(booking.reference).toBe(reference);
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference }]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withTwoCharges.story("an event whose search for its payment meets that payment's commit is matched too", async () => {
  const clinic = await stage.openClinic();
  const stopped = await bookingThatStopsAt("event", clinic);
  const { reference } = stopped;
  await stage.payer.charge(clinic.account, { reference, amountMinor: 10_000_000 });
  await eventually(async () => {
    const waiting = "select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted and mode = 'ExclusiveLock'";
    expect((await stage.owner.query(waiting)).rows).toEqual([{ count: 1 }]);
  });
  await stopped.letGo();
  const booking = await stopped.booking;
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference }]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});
