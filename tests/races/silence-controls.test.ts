import { afterEach, expect, test } from "vitest";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { followUps, followUpsOf } from "#domain/follow-ups.ts";
import { withLookup } from "../engine/capabilities/playable.ts";
import { confirmed, hurryPolls, paidFollowUps, settledAtOnce, silence } from "../engine/stories.ts";
import type { Clinic } from "../support/clinic.ts";
import { type reachPaymentPage, slotStart } from "../support/customer.ts";
import { type EndState, eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { countEvents, deliver, paymentOf } from "./contest.ts";

/**
 * The promise Silence with and without what guards it: doubled and lost webhooks, and effects
 * before the money. Each story is played as it is and must end well; then its guards are taken out
 * of this database, and the same story must break the promise.
 */
const stage = prepareStage();

type Booking = Awaited<ReturnType<typeof reachPaymentPage>>;
const told = confirmed({ rooms: 1, followUps: { "booking.paid create-room": "done", ...paidFollowUps } });

async function onPaymentPage(clinic: Clinic, n = 0): Promise<Booking> {
  return stage.reachPaymentPage(clinic, { start: slotStart(n), serviceId: clinic.onlineServiceId });
}

/**
 * Paid once. The provider says so five times at once, twice again later, and twice more when it is
 * asked.
 */
async function doubled(at?: Clinic): Promise<EndState> {
  const clinic = at ?? (await stage.openClinic());
  const { tenantId } = clinic;
  const booking = await onPaymentPage(clinic);
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve", { copies: 5 });
  await eventually(async () => expect(await inboxStates(clinic)).toEqual(["settled"]));
  await deliver(stage, chargeIds[0] ?? "", 2);
  const paymentId = await paymentOf(stage, booking.reference);
  for (let times = 0; times < 2; times += 1) await pollPayment({ tenantId, paymentId, isExtra: true });
  await eventually(async () => expect(await inboxStates(clinic)).toEqual(["settled"]));
  await settledAtOnce(stage, booking.id);
  return stage.endState(clinic, booking.id);
}

async function inboxStates(clinic: Clinic): Promise<string[]> {
  const { rows } = await stage.owner.query<{ state: string }>("select distinct state from inbox_event where tenant_id = $1", [
    clinic.tenantId,
  ]);
  return rows.map((row) => row.state);
}

/** Guards come back after a story that failed too: the next one has them again. */
const takenOut: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const putBack of takenOut.splice(0).toReversed()) await putBack();
});

/**
 * Whatever is recorded gets a name of its own: the unique key on it finds nothing any more that it
 * could refuse.
 */
async function neverRecognised(table: string, column: string): Promise<void> {
  takenOut.push(() => stage.owner.query(`drop function if exists anew_${table} cascade`));
  await stage.owner.query(`create function anew_${table}() returns trigger language plpgsql as
    $$ begin new.${column} := new.${column} || '#' || gen_random_uuid(); return new; end $$`);
  await stage.owner.query(`create trigger anew before insert on ${table} for each row execute function anew_${table}()`);
}

/** Every function of ours that locks rows, without its locks. */
async function withoutRowLocks(): Promise<void> {
  const { rows } = await stage.owner.query<{ text: string }>(
    "select pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' and prosrc like '% for update%'",
  );
  expect(rows.length).toBeGreaterThan(0);
  takenOut.push(async () => {
    for (const { text } of rows) await stage.owner.query(text);
  });
  for (const { text } of rows) await stage.owner.query(text.replaceAll(/ for update( of \w+(, \w+)*)?( skip locked)?/g, ""));
}

test("a doubled webhook: one booking, one room, one of each mail and callback", async () => {
  expect(await doubled()).toEqual(told);
});

test("the first guard alone may fall: an inbox that recognises no event changes nothing for the customer", async () => {
  await neverRecognised("inbox_event", "event_key");
  const clinic = await stage.openClinic();
  expect(await doubled(clinic)).toEqual(told);
  const { rows } = await stage.owner.query("select count(*)::int as count from inbox_event where tenant_id = $1", [clinic.tenantId]);
  expect(rows[0]).toEqual({ count: 7 });
});

test("negative control: when no charge is recognised either, a doubled webhook tells the customer of a refund", async () => {
  await Promise.all([neverRecognised("inbox_event", "event_key"), neverRecognised("charge", "provider_charge_id")]);
  const end = await doubled();
  expect(end).not.toEqual(told);
  expect(end.refundCases.length).toBeGreaterThan(0);
  expect(end.mails.filter((person) => person === "customer").length).toBeGreaterThan(1);
  expect(end.callbacks.length).toBeGreaterThan(1);
});

test("negative control: and without the row locks, a doubled webhook books twice: two mails and two callbacks of the same fact", async () => {
  await Promise.all([neverRecognised("inbox_event", "event_key"), neverRecognised("charge", "provider_charge_id")]);
  await withoutRowLocks();
  const clinic = await stage.openClinic();
  let twice: Booking | undefined;
  for (let round = 0; round < 20 && !twice; round += 1) {
    const bookings = await Promise.all(Array.from({ length: 4 }, (_, n) => onPaymentPage(clinic, round * 4 + n)));
    await Promise.all(bookings.map((booking) => stage.pay(booking.checkoutUrl, "approve", { copies: 5 })));
    await eventually(async () => expect(await inboxStates(clinic)).toEqual(["settled"]));
    const paid = await Promise.all(bookings.map(async ({ id }) => (await countEvents(stage, id))["booking.paid"] ?? 0));
    console.log(`without locks and keys, 4 bookings became paid ${paid.join(", ")} times`);
    twice = bookings.find((_, n) => (paid[n] ?? 0) > 1);
  }
  expect(twice).toBeDefined();
  await settledAtOnce(stage, twice?.id ?? "");
  const end = await stage.endState(clinic, twice?.id ?? "");
  expect(end.followUps).toMatchObject({ "booking.paid mail-customer-paid": expect.stringContaining("done and done") });
  expect(end.callbacks.filter(({ event }) => event === "booking.paid").length).toBeGreaterThan(1);
});

/** The webhook never comes and the customer never comes back. Then the hold ends. */
async function lost(): Promise<EndState> {
  const clinic = await stage.openClinic();
  const booking = await onPaymentPage(clinic);
  await stage.pay(booking.checkoutUrl, "approve_without_return", { tells: "never" });
  await hurryPolls(stage, booking.id);
  const isAsked = async () => {
    const { rows } = await stage.owner.query(
      "select from payment p where checkout_id = $1 and (polls > 0 or exists (select from graphile_worker._private_jobs where key = 'poll-' || p.id))",
      [booking.id],
    );
    return rows.length > 0;
  };
  // Nobody asks, and nobody ever will: only the end of the hold is left to happen.
  if (!(await isAsked())) await stage.timePasses(booking.id, 41);
  await eventually(async () => expect(["confirmed", "expired"]).toContain((await stage.state(booking)).status));
  if ((await stage.state(booking)).status === "confirmed") await settledAtOnce(stage, booking.id);
  return stage.endState(clinic, booking.id);
}

withLookup.story("a lost webhook: the customer is told all the same", async () => {
  expect(await lost()).toEqual(told);
});

withLookup.story("negative control: without the polls, a lost webhook costs the customer the booking that was paid for", async () => {
  await stage.owner.query(
    "create function no_polls() returns trigger language plpgsql as $$ begin return case when new.key like 'poll-%' then null else new end; end $$",
  );
  await stage.owner.query(
    "create trigger no_polls before insert on graphile_worker._private_jobs for each row execute function no_polls()",
  );
  const end = await lost();
  await stage.owner.query("drop function no_polls cascade");
  expect(end.booking).toEqual({ status: "expired", paymentStatus: "pending" });
  expect(end).toMatchObject(silence);
});

/** A bug of ours: a booking is called paid, with all that follows, although there is no money. */
async function calledPaid(): Promise<{ refused: string | undefined; end: EndState }> {
  const clinic = await stage.openClinic();
  const booking = await onPaymentPage(clinic);
  const client = await stage.owner.connect();
  let refused: string | undefined;
  try {
    await client.query("begin");
    await client.query("update checkout set status = 'paid', payment_status = 'paid' where id = $1", [booking.id]);
    const event = {
      tenantId: clinic.tenantId,
      subjectKind: "checkout",
      subjectId: booking.id,
      kind: "booking.paid",
      details: {},
      actor: "system",
      followUps: followUpsOf(followUps["booking.paid"], { traits: ["online"], wasPaid: true, hasCallback: true }),
    };
    await client.query("select log_event($1)", [JSON.stringify(event)]);
    await client.query("commit");
    await settledAtOnce(stage, booking.id);
  } catch (error) {
    refused = error instanceof Error && "constraint" in error ? String(error.constraint) : String(error);
    await client.query("rollback");
  } finally {
    client.release();
  }
  return { refused, end: await stage.endState(clinic, booking.id) };
}

const paidNeedsCharge = async () =>
  (
    await stage.owner.query<{ name: string }>(
      "select conname as name from pg_constraint where conrelid = 'checkout'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%paid_charge_id IS NOT NULL%'",
    )
  ).rows[0]?.name ?? "";

test("nothing before the money: the database itself refuses a paid booking without its charge, and nothing leaves the house", async () => {
  const { refused, end } = await calledPaid();
  expect(refused).toBe(await paidNeedsCharge());
  expect(end).toMatchObject({ booking: { status: "pending", paymentStatus: "pending" }, ...silence });
});

test("negative control: without that constraint a room, mails and a callback go out before the money", async () => {
  const name = await paidNeedsCharge();
  const { rows } = await stage.owner.query<{ words: string }>(
    "select pg_get_constraintdef(oid) as words from pg_constraint where conname = $1",
    [name],
  );
  await stage.owner.query(`alter table checkout drop constraint ${name}`);
  const { refused, end } = await calledPaid();
  await stage.owner.query(`alter table checkout add constraint ${name} ${rows[0]?.words} not valid`);
  expect(refused).toBeUndefined();
  expect(end).toMatchObject({ payments: ["created"], rooms: 1, mails: told.mails, callbacks: told.callbacks });
});
