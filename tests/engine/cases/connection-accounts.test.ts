import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { activateConnection } from "#commands/connections/activate-connection.ts";
import { createConnection } from "#commands/connections/create-connection.ts";
import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { webhookCandidates } from "#queries/connections.ts";
import { type Clinic, openClinic } from "#tests/support/clinic.ts";
import { book, customerOfTests, hold, pay, reachPaymentPage, retry, slotStart, state } from "#tests/support/customer.ts";
import { endState, eventually } from "#tests/support/end-state.ts";
import { startWorld, type World } from "#tests/support/world.ts";
import { confirmed, hurryPolls, noPromiseIsBroken, refundCases, settledAtOnce } from "../stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const ownKeys = ({ merchant: { eventsUrl: _, ...keys } }: Clinic) => keys;
function keysOfAnother() {
  const short = randomBytes(5).toString("hex");
  return {
    publicKey: `pub_test_${short}`,
    privateKey: `prv_test_${short}`,
    eventsSecret: `test_events_${short}`,
    integritySecret: `test_integrity_${short}`,
  };
}

const change = (clinic: Clinic, credentials: Record<string, string>) =>
  updateConnection({ caller, input: { ...place(clinic), changes: { credentials } } });
const place = ({ tenantId, connectionId }: Clinic) => ({ tenantId, connectionId });
const kept = async ({ connectionId }: Clinic) =>
  (await world.owner.query("select provider, account, is_active, credentials from connection where id = $1", [connectionId])).rows[0];

test("another account's keys are refused once the connection has a payment, and what was started with it is still settled", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const before = await kept(clinic);
  expect(before).toMatchObject({ account: clinic.merchant.publicKey });
  await expect(change(clinic, keysOfAnother())).rejects.toMatchObject({ code: "connection_has_payments" });
  expect(await kept(clinic)).toEqual(before);
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect(await state(world, booking)).toMatchObject({ status: "confirmed" }));
  await settledAtOnce(world, booking.id);
});

test("rotated secrets of the same account are taken, also of a deactivated connection; without payments any account is", async () => {
  const clinic = await openClinic(world);
  const fresh = keysOfAnother();
  await change(clinic, fresh);
  expect(await kept(clinic)).toMatchObject({ account: fresh.publicKey });
  await change(clinic, ownKeys(clinic));
  await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await change(clinic, { ...ownKeys(clinic), eventsSecret: fresh.eventsSecret });
  await deactivateConnection({ caller, input: place(clinic) });
  await change(clinic, ownKeys(clinic));
  await expect(change(clinic, fresh)).rejects.toMatchObject({ code: "connection_has_payments" });
});

test("a payment that is being opened at the same moment keeps its account", async () => {
  for (let n = 0; n < 10; n += 1) {
    const clinic = await openClinic(world);
    const held = await hold(world, clinic, { start: slotStart(n) });
    const wish = { holdId: held.body.id, session: held.body.session, customer: customerOfTests };
    const [, changed] = await Promise.allSettled([book(world, clinic, wish), change(clinic, keysOfAnother())]);
    const { rows } = await world.owner.query<{ first: boolean }>(
      `select p.created_at < n.updated_at as first from payment p join connection n on n.id = p.connection_id where n.id = $1`,
      [clinic.connectionId],
    );
    // Whoever was first: an account is never changed under a payment.
    if (changed.status === "fulfilled") expect(rows).toEqual([{ first: false }]);
    else expect(changed.reason).toMatchObject({ code: "connection_has_payments" });
  }
});

test("a deactivated connection still receives events, and settles, polls and refunds what was started with it", async () => {
  const clinic = await openClinic(world);
  const byEvent = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const byPoll = await reachPaymentPage(world, clinic, { start: slotStart(1) });
  const second = (await retry(world, byEvent)).body;
  await deactivateConnection({ caller, input: place(clinic) });
  await pay(world, byEvent.checkoutUrl, "approve");
  const event = await eventually(async () => {
    const { rows } = await world.owner.query("select state from inbox_event where tenant_id = $1", [clinic.tenantId]);
    expect(rows).toEqual([{ state: "settled" }]);
    return rows;
  });
  expect(event).toHaveLength(1);
  await pay(world, byPoll.checkoutUrl, "approve", { event: "never" });
  await eventually(async () => {
    await hurryPolls(world, byPoll.id);
    expect(await state(world, byPoll)).toMatchObject({ status: "confirmed" });
  });
  await pay(world, second.checkoutUrl, "approve");
  await eventually(async () => {
    await settledAtOnce(world, byEvent.id);
    expect(await refundCases(world, clinic)).toMatchObject([{ reason: "duplicate", state: "done" }]);
  });
  await settledAtOnce(world, byPoll.id);
  expect((await endState(world, clinic, byPoll.id)).booking).toEqual(confirmed().booking);
});

test("an event finds a deactivated connection by its name; without a name it is tried with them too, after the active ones", async () => {
  const clinic = await openClinic(world);
  await deactivateConnection({ caller, input: place(clinic) });
  const active = await openClinic(world);
  const { provider } = await kept(clinic);
  const named = await webhookCandidates({ provider, connectionId: clinic.connectionId, reference: null });
  expect(named.map(({ id }) => id)).toEqual([clinic.connectionId]);
  const found = (await webhookCandidates({ provider, connectionId: null, reference: "of no payment" })).map(({ id }) => id);
  expect(found).toEqual(expect.arrayContaining([clinic.connectionId, active.connectionId]));
  expect(found.indexOf(clinic.connectionId)).toBeGreaterThan(found.indexOf(active.connectionId));
});

test("nothing new is started with it, until it is activated again", async () => {
  const clinic = await openClinic(world);
  await deactivateConnection({ caller, input: place(clinic) });
  const held = await hold(world, clinic, { start: slotStart(0) });
  const wish = { holdId: held.body.id, session: held.body.session };
  expect((await book(world, clinic, wish)).body.code).toBe("provider_not_offered");
  await activateConnection({ caller, input: place(clinic) });
  expect((await book(world, clinic, wish)).status).toBe(201);
  await expect(activateConnection({ caller, input: place(clinic) })).rejects.toMatchObject({ code: "connection_unknown" });
  const { rows } = await world.owner.query("select kind from event where tenant_id = $1 and kind like 'connection.%' order by created_at", [
    clinic.tenantId,
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(["connection.deactivated", "connection.activated"]);
});

test("another account is another connection: new payments take it, the old one's are settled by their own", async () => {
  const clinic = await openClinic(world);
  const old = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const next = await openClinic(world);
  const { provider } = await kept(clinic);
  const input = { ...newConnection.parse({ kind: "payment", provider, credentials: ownKeys(next) }), tenantId: clinic.tenantId };
  const { id } = await createConnection({ caller, input });
  await deactivateConnection({ caller, input: place(clinic) });
  const fresh = await reachPaymentPage(world, clinic, { start: slotStart(1) });
  const { rows } = await world.owner.query("select connection_id as id from payment where checkout_id = $1", [fresh.id]);
  expect(rows).toEqual([{ id }]);
  for (const booking of [old, fresh]) await pay(world, booking.checkoutUrl, "approve", { event: "never" });
  for (const booking of [old, fresh]) {
    await eventually(async () => {
      await hurryPolls(world, booking.id);
      expect(await state(world, booking)).toMatchObject({ status: "confirmed" });
    });
    await settledAtOnce(world, booking.id);
  }
});

test("the connection of free checkouts belongs to nobody's account and cannot be activated", async () => {
  const clinic = await openClinic(world, { priceMinor: 0 });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await settledAtOnce(world, booking.id);
  const input = { tenantId: clinic.tenantId, connectionId: clinic.tenantId };
  await expect(activateConnection({ caller, input })).rejects.toMatchObject({ code: "connection_unknown" });
  await expect(updateConnection({ caller, input: { ...input, changes: {} } })).rejects.toMatchObject({ code: "connection_unknown" });
});
