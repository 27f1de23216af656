import { expect, test } from "vitest";
import { activateConnection } from "#commands/connections/activate-connection.ts";
import { createConnection } from "#commands/connections/create-connection.ts";
import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { webhookCandidates } from "#queries/connections.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { customerOfTests, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { withLookup } from "../capabilities/playable.ts";
import { confirmed, hurryPolls, refundCases, refundOfCard, settledAtOnce, settleInbox } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

const ownKeys = ({ account }: Clinic) => account.credentials;
const accountOf = (credentials: object) => paymentProvider(testedProvider.id)?.accountOf(credentials) ?? null;
/** The same account after every secret of it was made anew. */
function rotated(clinic: Clinic): Record<string, string> {
  const own = ownKeys(clinic);
  const fresh = testedProvider.newCredentials();
  const isSecret = (name: string) => accountOf({ ...own, [name]: fresh[name] }) === accountOf(own);
  return Object.fromEntries(Object.entries(own).map(([name, key]) => [name, isSecret(name) ? (fresh[name] ?? key) : key]));
}

const change = (clinic: Clinic, credentials: Record<string, string>) =>
  updateConnection({ caller, input: { ...place(clinic), changes: { credentials } } });
const place = ({ tenantId, connectionId }: Clinic) => ({ tenantId, connectionId });
const kept = async ({ connectionId }: Clinic) =>
  (await stage.owner.query("select provider, account, is_active, credentials from connection where id = $1", [connectionId])).rows[0];

test("another account's keys are refused once the connection has a payment, and what was started with it is still settled", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const before = await kept(clinic);
  expect(before).toMatchObject({ account: accountOf(ownKeys(clinic)) });
  await expect(change(clinic, testedProvider.newCredentials())).rejects.toMatchObject({ code: "connection_has_payments" });
  expect(await kept(clinic)).toEqual(before);
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "confirmed" }));
  await settledAtOnce(stage, booking.id);
});

test("rotated secrets of the same account are taken, also of a deactivated connection; without payments any account is", async () => {
  const clinic = await stage.openClinic();
  const fresh = testedProvider.newCredentials();
  await change(clinic, fresh);
  expect(await kept(clinic)).toMatchObject({ account: accountOf(fresh) });
  await change(clinic, ownKeys(clinic));
  await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await change(clinic, rotated(clinic));
  await deactivateConnection({ caller, input: place(clinic) });
  await change(clinic, ownKeys(clinic));
  await expect(change(clinic, fresh)).rejects.toMatchObject({ code: "connection_has_payments" });
});

test("a payment that is being opened at the same moment keeps its account", async () => {
  for (let n = 0; n < 10; n += 1) {
    const clinic = await stage.openClinic();
    const held = await stage.hold(clinic, { start: slotStart(n) });
    const wish = { holdId: held.body.id, session: held.body.session, customer: customerOfTests };
    const fresh = await stage.payer.openAccount(clinic.account.webhookUrl);
    const [booked, changed] = await Promise.allSettled([stage.book(clinic, wish), change(clinic, fresh.credentials)]);
    const { rows } = await stage.owner.query<{ account: string }>("select account from connection where id = $1", [clinic.connectionId]);
    // Whoever was first: the customer is at the page of the account that the connection still has.
    if (booked.status === "rejected") throw booked.reason;
    await stage.pay(booked.value.body.checkoutUrl, "approve", { tells: "never" });
    const kept = [clinic.account, fresh].find(({ credentials }) => accountOf(credentials) === rows[0]?.account);
    expect(kept && (await stage.payer.charges(kept))).toHaveLength(1);
    if (changed.status === "rejected") expect(changed.reason).toMatchObject({ code: "connection_has_payments" });
  }
});

withLookup.story("a deactivated connection still receives events, and settles, polls and refunds what was started with it", async () => {
  const clinic = await stage.openClinic();
  const byEvent = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const byPoll = await stage.reachPaymentPage(clinic, { start: slotStart(1) });
  // Both pages are paid before the older one is closed, where that is possible.
  await stage.stopWorker();
  const second = (await stage.retry(byEvent)).body;
  await deactivateConnection({ caller, input: place(clinic) });
  await stage.pay(byEvent.checkoutUrl, "approve");
  await settleInbox(stage, clinic);
  await stage.pay(second.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(byEvent, { status: "confirmed" });
  await stage.pay(byPoll.checkoutUrl, "approve", { tells: "never" });
  await eventually(async () => {
    await hurryPolls(stage, byPoll.id);
    expect(await stage.state(byPoll)).toMatchObject({ status: "confirmed" });
  });
  await eventually(async () => {
    await settledAtOnce(stage, byEvent.id);
    expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "duplicate", state: refundOfCard.state }]);
  });
  await settledAtOnce(stage, byPoll.id);
  expect((await stage.endState(clinic, byPoll.id)).booking).toEqual(confirmed().booking);
});

test("an event finds a deactivated connection by its name; without a name it is tried with them too, after the active ones", async () => {
  const clinic = await stage.openClinic();
  await deactivateConnection({ caller, input: place(clinic) });
  const active = await stage.openClinic();
  const { provider } = await kept(clinic);
  const named = await webhookCandidates({ provider, connectionId: clinic.connectionId, reference: null });
  expect(named.map(({ id }) => id)).toEqual([clinic.connectionId]);
  const found = (await webhookCandidates({ provider, connectionId: null, reference: "of no payment" })).map(({ id }) => id);
  expect(found).toEqual(expect.arrayContaining([clinic.connectionId, active.connectionId]));
  expect(found.indexOf(clinic.connectionId)).toBeGreaterThan(found.indexOf(active.connectionId));
});

test("nothing new is started with it, until it is activated again", async () => {
  const clinic = await stage.openClinic();
  await deactivateConnection({ caller, input: place(clinic) });
  const held = await stage.hold(clinic, { start: slotStart(0) });
  const wish = { holdId: held.body.id, session: held.body.session };
  expect((await stage.book(clinic, wish)).body.code).toBe("provider_not_offered");
  await activateConnection({ caller, input: place(clinic) });
  expect((await stage.book(clinic, wish)).status).toBe(201);
  await expect(activateConnection({ caller, input: place(clinic) })).rejects.toMatchObject({ code: "connection_unknown" });
  const { rows } = await stage.owner.query("select kind from event where tenant_id = $1 and kind like 'connection.%' order by created_at", [
    clinic.tenantId,
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(["connection.deactivated", "connection.activated"]);
});

withLookup.story("another account is another connection: new payments take it, the old one's are settled by their own", async () => {
  const clinic = await stage.openClinic();
  const old = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const next = await stage.openClinic();
  const { provider } = await kept(clinic);
  const input = { ...newConnection.parse({ kind: "payment", provider, credentials: ownKeys(next) }), tenantId: clinic.tenantId };
  const { id } = await createConnection({ caller, input });
  await deactivateConnection({ caller, input: place(clinic) });
  const fresh = await stage.reachPaymentPage(clinic, { start: slotStart(1) });
  const { rows } = await stage.owner.query("select connection_id as id from payment where checkout_id = $1", [fresh.id]);
  expect(rows).toEqual([{ id }]);
  for (const booking of [old, fresh]) await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  for (const booking of [old, fresh]) {
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect(await stage.state(booking)).toMatchObject({ status: "confirmed" });
    });
    await settledAtOnce(stage, booking.id);
  }
});

test("the connection of free checkouts belongs to nobody's account and cannot be activated", async () => {
  const clinic = await stage.openClinic({ priceMinor: 0 });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await settledAtOnce(stage, booking.id);
  const input = { tenantId: clinic.tenantId, connectionId: clinic.tenantId };
  await expect(activateConnection({ caller, input })).rejects.toMatchObject({ code: "connection_unknown" });
  await expect(updateConnection({ caller, input: { ...input, changes: {} } })).rejects.toMatchObject({ code: "connection_unknown" });
});
