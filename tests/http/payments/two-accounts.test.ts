import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { checkDay } from "#commands/settlement-check/check-day.ts";
import { system as caller } from "#contracts/caller.ts";
import { checkoutAnswer } from "#contracts/checkout.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { customerOfTests, slotStart } from "#tests/support/customer.ts";
import type { Account } from "#tests/support/payers/payer.ts";
import { testedProviders } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { losePolls } from "../../engine/stories.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectShape } from "../request.ts";

/** Two accounts of one provider side by side, as a merchant with two companies has them. */
const stage = prepareStage({ keepsPromises: true });
const provider = "stripe";
const payer = () => {
  const found = testedProviders[provider]?.payer(stage.simulatorsUrl);
  if (!found) throw new Error(`no payer at ${provider}`);
  return found;
};

type Side = { id: string; account: Account; address: string };

async function connect({ tenantId }: Clinic): Promise<Side> {
  const id = randomUUID();
  const address = `${stage.appUrl}/api/webhooks/${provider}/${id}`;
  const account = await payer().openAccount(address);
  const { credentials } = account;
  await createConnection({ caller, input: { tenantId, id, kind: "payment", provider, mode: "test", credentials } });
  return { id, account, address };
}

async function openBoth() {
  const clinic = await stage.openClinic();
  const headers = await merchantKey(stage, clinic.tenantId, ["payments.read", "payments.change"]);
  return { clinic, headers, north: await connect(clinic), south: await connect(clinic) };
}

let nextSlot = 0;
async function book(clinic: Clinic, { id: connection }: Side) {
  const { body } = await stage.hold(clinic, { start: slotStart(nextSlot++) });
  const json = { link: clinic.link, holdId: body.id, customer: customerOfTests, acceptedTerms: true, connection };
  const answer = await ask(stage, "/api/bookings", { session: body.session, json });
  expect(answer.status, answer.text).toBe(201);
  return expectShape(checkoutAnswer, answer.body);
}

const rowsOf = async (sql: string, id: string) => (await stage.owner.query(sql, [id])).rows;

test("each payment, its charge and its webhook are of the account that the customer chose", async () => {
  const { clinic, north, south } = await openBoth();
  for (const side of [north, south, north]) {
    const booking = await book(clinic, side);
    await payer().pay(booking.checkoutUrl ?? "", "approve");
    await stage.reaches(booking, { status: "confirmed" });
    const where = `select p.connection_id as payment, c.connection_id as charge,
      array(select distinct e.connection_id from inbox_event e where e.tenant_id = p.tenant_id and e.reference = p.reference) as events
      from payment p join charge c on c.payment_id = p.id where p.checkout_id = $1`;
    expect(await rowsOf(where, booking.id)).toEqual([{ payment: side.id, charge: side.id, events: [side.id] }]);
  }
  expect([(await payer().charges(north.account)).length, (await payer().charges(south.account)).length]).toEqual([2, 1]);
});

test("each webhook is proven by its own account's secret, and by no other's", async () => {
  const { clinic, north, south } = await openBoth();
  const booking = await book(clinic, south);
  const deliver = (to: Side, by: Side) => payer().deliverTo(to.address, by.account, booking.reference);
  expect(await deliver(north, south)).toBe(401);
  expect(await deliver(south, north)).toBe(401);
  expect(await rowsOf("select id from inbox_event where tenant_id = $1", clinic.tenantId)).toEqual([]);
  expect(await deliver(south, south)).toBe(200);
  expect(await rowsOf("select connection_id as id from inbox_event where tenant_id = $1", clinic.tenantId)).toEqual([{ id: south.id }]);
});

test("a payment is asked about at its own account, though the other one does not answer", async () => {
  const { clinic, headers, north, south } = await openBoth();
  await payer().behave(north.account, { fails: { status: 503, times: 1000 } });
  const booking = await book(clinic, south);
  await losePolls(stage, booking.id);
  await payer().pay(booking.checkoutUrl ?? "", "approve_without_return", { tells: "never" });
  const [payment] = await rowsOf("select id from payment where checkout_id = $1", booking.id);
  const answer = await ask(stage, "/api/payment-questions", { method: "POST", headers, json: { id: payment.id } });
  expect(answer.body).toMatchObject({ result: "became_paid" });
  await payer().calm(north.account);
  await stage.reaches(booking, { status: "confirmed" });
});

test("a day is compared account by account: what is missing of one is no difference of the other", async () => {
  const { clinic, north, south } = await openBoth();
  const booking = await book(clinic, south);
  await losePolls(stage, booking.id);
  await payer().pay(booking.checkoutUrl ?? "", "approve_without_return", { tells: "never" });
  const span = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) };
  const check = ({ id: connectionId }: Side) => checkDay({ tenantId: clinic.tenantId, connectionId, day: "2026-11-26", span });
  expect(await check(north)).toMatchObject({ outcome: "agrees", listed: 0, differences: [] });
  expect(await check(south)).toMatchObject({ outcome: "differs", differences: [{ kind: "missing_here" }] });
  const kept = "select connection_id as id from settlement_difference where tenant_id = $1";
  expect(await rowsOf(kept, clinic.tenantId)).toEqual([{ id: south.id }]);
  const headers = await merchantKey(stage, clinic.tenantId, ["payments.read", "payments.change"]);
  const [payment] = await rowsOf("select id from payment where checkout_id = $1", booking.id);
  await ask(stage, "/api/payment-questions", { method: "POST", headers, json: { id: payment.id } });
  await stage.reaches(booking, { status: "confirmed" });
});
