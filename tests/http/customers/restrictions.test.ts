import { expect, test } from "vitest";
import { problem } from "#contracts/problem.ts";
import type { Clinic } from "../../support/clinic.ts";
import { book, customerOfTests, hold, slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem } from "../request.ts";
import { buys, comes, found, type Person, pageOf, type Reception, receptionOf } from "./people.ts";

const stage = prepareStage({ keepsPromises: true });
const ana: Person = { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" };
let slot = 0;
const next = () => {
  slot += 1;
  return slot;
};

async function openWithAna(policy?: "first_payer_wins"): Promise<{ clinic: Clinic; owner: Reception; id: string }> {
  const clinic = await stage.openClinic(policy ? { policy } : {});
  const owner = await receptionOf(stage, clinic);
  if (policy) {
    const answer = await ask(stage, "/api/bookings", { json: unheld(clinic, ana) });
    await stage.pay((answer.body as { checkoutUrl: string }).checkoutUrl, "approve");
    await eventually(async () => expect((await owner("?search=ana")).text).toContain("ana@example.com"));
  } else await buys(stage, clinic, { n: next(), person: ana });
  return { clinic, owner, id: (await found(owner, "ana@")).id };
}

const restrict = (owner: Reception, id: string, json: object) => owner(`/${id}/restrictions`, { method: "PUT", json });

const unheld = (clinic: Clinic, person: Person, more: object = {}) => ({
  ...{ link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, start: slotStart(next()) },
  ...{ customer: person, acceptedTerms: true, provider: testedProvider.id },
  ...more,
});

test("whoever is blocked books nothing online, by none of their addresses and numbers, until it is lifted", async () => {
  const { clinic, owner, id } = await openWithAna();
  await buys(stage, clinic, { n: next(), person: { ...ana, email: "otra@example.com" } });
  expect((await restrict(owner, id, { blocked: { reason: "No llegó tres veces." } })).body).toMatchObject({
    blocked: { reason: "No llegó tres veces." },
    fullPayment: null,
  });
  const before = await stage.owner.query("select count(*)::int as count from checkout where tenant_id = $1", [clinic.tenantId]);
  for (const person of [
    ana,
    { ...ana, email: "ANA@example.com", phone: "301 000 0000" },
    { ...ana, email: "nueva@example.com" },
    { ...ana, email: "otra@example.com", phone: "301 000 0001" },
  ]) {
    const { answer } = await comes(stage, clinic, { n: next(), person });
    expect([answer.status, answer.body.code]).toEqual([403, "customer_blocked"]);
    // Not why: the reason is for the merchant's people.
    expect(JSON.stringify(answer.body)).not.toContain("llegó");
  }
  const after = await stage.owner.query("select count(*)::int as count from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(after.rows).toEqual(before.rows);
  const stranger = await comes(stage, clinic, { n: next(), person: { name: "Zoë", email: "zoe@example.com", phone: "+33612345678" } });
  expect(stranger.answer.status).toBe(201);
  await restrict(owner, id, { blocked: null });
  expect((await comes(stage, clinic, { n: next(), person: ana })).answer.status).toBe(201);
  const { rows } = await stage.owner.query("select kind from event where tenant_id = $1 and kind like 'customer%' order by created_at", [
    clinic.tenantId,
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(["customer.blocked", "customer.unblocked"]);
});

test("whoever is blocked while a payment page is open opens no other, and what was paid stays theirs", async () => {
  const { clinic, owner, id } = await openWithAna();
  const open = await comes(stage, clinic, { n: next(), person: ana });
  await restrict(owner, id, { blocked: { reason: "Otra vez." } });
  const retried = await stage.retry({ id: open.id, token: open.token });
  expect(retried.body.code).toBe("customer_blocked");
  await stage.pay(open.checkoutUrl, "approve");
  await stage.reaches(open, { status: "confirmed" });
  expect((await pageOf(owner, id)).bookingsCount).toBe(2);
});

test("where nothing is held, whoever is blocked books nothing either", async () => {
  const { clinic, owner, id } = await openWithAna("first_payer_wins");
  await restrict(owner, id, { blocked: { reason: "No llegó." } });
  expectProblem(await ask(stage, "/api/bookings", { json: unheld(clinic, ana) }), "customer_blocked");
});

test("whoever pays in full is told the price before paying, and is asked for exactly that", async () => {
  const { clinic, owner, id } = await openWithAna();
  await restrict(owner, id, { fullPayment: { reason: "No llegó dos veces." } });
  const held = await hold(stage, clinic, { start: slotStart(next()), serviceId: clinic.depositServiceId });
  const send = (seen?: object, customer: Person = ana) =>
    ask(stage, "/api/bookings", {
      session: held.body.session,
      json: {
        ...{ link: clinic.link, holdId: held.body.id, customer, acceptedTerms: true, provider: testedProvider.id },
        ...(seen && { seen }),
      },
    });
  // Neither who saw the deposit nor who says nothing of what was seen is charged in silence.
  for (const seen of [{ amountMinor: 2_500_000, currency: "COP" }, undefined]) {
    const refused = await send(seen);
    expectProblem(refused, "price_changed");
    expect(problem.parse(refused.body).offer).toMatchObject({ amountMinor: 10_000_000, priceMinor: 10_000_000, chargeType: "total" });
  }
  const { rows: none } = await stage.owner.query("select from checkout where tenant_id = $1 and status = 'pending'", [clinic.tenantId]);
  expect(none).toEqual([]);
  const booked = await send({ amountMinor: 10_000_000, currency: "COP" });
  expect(booked.body).toMatchObject({ amountMinor: 10_000_000 });
  const { rows } = await stage.owner.query(
    `select k.amount_minor::int as amount, b.charge_type, c.offer ->> 'amountMinor' as offered from checkout k
     join booking b on b.tenant_id = k.tenant_id and b.id = k.id join slot_claim c on c.tenant_id = k.tenant_id and c.checkout_id = k.id where k.id = $1`,
    [(booked.body as { id: string }).id],
  );
  expect(rows).toEqual([{ amount: 10_000_000, charge_type: "total", offered: "10000000" }]);
});

test("a deposit that was begun under another address does not become one for who pays in full", async () => {
  const { clinic, owner, id } = await openWithAna();
  await restrict(owner, id, { fullPayment: { reason: "No llegó." } });
  const held = await hold(stage, clinic, { start: slotStart(next()), serviceId: clinic.depositServiceId });
  const as = (customer: Person) => book(stage, clinic, { holdId: held.body.id, session: held.body.session, customer });
  expect((await as({ ...customerOfTests, email: "nadie@example.com", phone: "301 222 3333" })).status).toBe(201);
  const changed = await as(ana);
  expect([changed.status, changed.body.code]).toEqual([409, "full_payment_only"]);
});

test("a reason is wanted, two words of one request count, and what stands already is no event", async () => {
  const { clinic, owner, id } = await openWithAna();
  expectProblem(await restrict(owner, id, { blocked: { reason: "  " } }), "invalid_request");
  const both = { blocked: { reason: "Uno." }, fullPayment: { reason: "Dos." } };
  for (let n = 0; n < 2; n += 1) await restrict(owner, id, both);
  const page = await pageOf(owner, id);
  expect([page.blocked?.reason, page.fullPayment?.reason]).toEqual(["Uno.", "Dos."]);
  const { rows } = await stage.owner.query("select kind from event where tenant_id = $1 and kind like 'customer%'", [clinic.tenantId]);
  expect(rows).toHaveLength(2);
  const only = async (word: string) => JSON.stringify((await owner(`?only=${word}`)).body);
  expect(await only("blocked")).toContain(id);
  expect(await only("full_payment")).toContain(id);
  await restrict(owner, id, { blocked: null });
  expect(await only("blocked")).not.toContain(id);
});
