import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { listOtherKinds } from "#queries/attention.ts";
import { slotStart } from "../../support/customer.ts";
import { chargeOf, pretended } from "../../support/payers/pretended.ts";
import { prepareStage } from "../../support/stage.ts";

/** Other facts that a provider declares or tells, and what the engine does with each. */
const stage = prepareStage({ keepsPromises: true });
const { at, one, begin, end, onItsPage, payAgain, returns, tells } = pretended(() => stage);
beforeEach(begin);
afterAll(end);
afterEach(() => stage.startWorker());

test("answerLagMinutes: an empty answer within the lag is no definite no, and one after it is", async () => {
  const { clinic, booking } = await onItsPage({ answerLagMinutes: 10 });
  const payment = await one<{ id: string }>("select id from payment where reference = $1", [booking.reference]);
  const ask = () => pollPayment({ tenantId: clinic.tenantId, paymentId: payment?.id ?? "", isExtra: true });
  await stage.stopWorker();
  await stage.timePasses(booking.id, 15);
  await ask();
  expect(await stage.state(booking)).toMatchObject({ status: "pending" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  await stage.timePasses(booking.id, 6);
  await ask();
  expect(await stage.state(booking)).toMatchObject({ status: "expired" });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("a tip is kept as a tip, and is no mismatch; any other difference of the total is one", async () => {
  const tipped = await onItsPage({ signatureCovers: "all" });
  await tells(tipped.connectionId, tipped.booking, { tipMinor: 50_000 });
  await stage.reaches(tipped.booking, { paymentStatus: "paid" });
  at.service.charges.set("1", chargeOf(tipped.booking, { tipMinor: 50_000 }));
  const charge = await one("select amount_minor::int as amount, tip_minor::int as tip, outcome from charge where reference = $1", [
    tipped.booking.reference,
  ]);
  expect(charge).toEqual({ amount: tipped.booking.amountMinor, tip: 50_000, outcome: "booked" });

  const other = await onItsPage({ signatureCovers: "all" });
  await tells(other.connectionId, other.booking, { amountMinor: other.booking.amountMinor + 50_000 });
  await stage.reaches(other.booking, { refund: { reason: "mismatch" } });
});

test("a tip that the API shows is kept too, also if the slot is gone and the money goes back", async () => {
  const { clinic, booking } = await onItsPage({});
  await stage.timePasses(booking.id, 45);
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  at.service.charges.set("1", chargeOf(booking, { tipMinor: 70_000 }));
  await returns(booking);
  await stage.reaches(booking, { refund: { reason: "capacity_gone" } });
  const charge = await one("select tip_minor::int as tip from charge where reference = $1", [booking.reference]);
  expect(charge).toEqual({ tip: 70_000 });
});

test("a kind of event that is about no charge is stored, and found once for each kind and connection", async () => {
  const { clinic, connectionId, booking } = await onItsPage({});
  for (const [key, kind] of [
    ["1", "radar.warning"],
    ["2", "radar.warning"],
    ["3", "plan.changed"],
  ] as const)
    await tells(connectionId, booking, { key, kind });
  const own = (await listOtherKinds()).filter(({ tenantId }) => tenantId === clinic.tenantId);
  expect(own.map(({ eventKind, count }) => ({ eventKind, count }))).toEqual([
    { eventKind: "plan.changed", count: 1 },
    { eventKind: "radar.warning", count: 2 },
  ]);
  const answer = await fetch(`${stage.appUrl}/api/operator/attention`, { headers: { authorization: "Bearer cron-secret-of-the-tests" } });
  expect(((await answer.json()) as { otherKinds: unknown[] }).otherKinds).toEqual(expect.arrayContaining(own));
  const metrics = await (await fetch(`${stage.appUrl}/metrics`, { headers: { authorization: "Bearer cron-secret-of-the-tests" } })).text();
  expect(metrics).toMatch(/konfirmado_webhooks_of_other_kinds_total\{provider="pretend"\} 3/);
});

test("a document is asked for where the provider asks, goes to it, and is stored nowhere", async () => {
  const number = "1098765432100";
  const { clinic, booking } = await onItsPage({});
  // From now on it asks, also on the page of this booking.
  await onItsPage({ asksFor: ["document"] });
  expect(await payAgain(booking)).toMatchObject({ code: "document_required" });
  const answer = await fetch(`${stage.appUrl}/api/bookings/${booking.id}/payments?token=${booking.token}`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `key-${booking.id}` },
    body: JSON.stringify({ provider: "pretend", document: { type: "CC", number } }),
  });
  expect(answer.status).toBe(201);
  const held = await stage.hold(clinic, { start: slotStart(4) });
  const booked = await fetch(`${stage.appUrl}/api/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-checkout-session": held.body.session, "idempotency-key": `key-${held.body.id}` },
    body: JSON.stringify({
      link: clinic.link,
      holdId: held.body.id,
      customer: { name: "Ana", email: "ana@example.com", phone: "300 123 4567" },
      acceptedTerms: true,
      provider: "pretend",
      document: { type: "CC", number },
    }),
  });
  expect(booked.status).toBe(201);
  expect(at.service.started.slice(-2).map(({ customer }) => customer.document)).toEqual([
    { type: "CC", number },
    { type: "CC", number },
  ]);
  const { rows: tables } = await stage.owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')",
  );
  expect(tables.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await stage.owner.query(`select 1 from ${name} as row where row::text like '%' || $1 || '%' limit 1`, [number]);
    if (rows.length > 0) found.push(name);
  }
  expect(found).toEqual([]);
});
