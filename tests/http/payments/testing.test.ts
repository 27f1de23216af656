import { afterEach, beforeAll, expect, test } from "vitest";
import { connectionTest, paymentProviderAnswer } from "#contracts/merchant/connections.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage();
let clinic: Clinic;
let headers: { authorization: string };
beforeAll(async () => {
  clinic = await stage.openClinic();
  headers = await merchantKey(stage, clinic.tenantId);
});
afterEach(() => stage.payer.calm(clinic.account));

const tryOut = async (json: object) => expectShape(connectionTest, (await ask(stage, "/api/tenant/payments/test", { headers, json })).body);
const stored = () => tryOut({ id: clinic.connectionId });
const states = ({ fields }: { fields: { name: string; state: string }[] }) =>
  Object.fromEntries(fields.map(({ name, state }) => [name, state]));

test("says what it proved and what only an event or a payment can prove, until these have come", async () => {
  const first = await stored();
  expect(first).toMatchObject({ result: "ok", detail: "ok" });
  expect(states(first)).toEqual({ publicKey: "proven", privateKey: "proven", eventsSecret: "unproven", integritySecret: "unproven" });
  expect(first.fields.map(({ provenBy }) => provenBy)).toEqual(["test", "test", "event", "payment"]);
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect(new Set(Object.values(states(await stored())))).toEqual(new Set(["proven"])));
});

test("tries typed keys before they are kept, and names the one that the provider refuses", async () => {
  const { credentials } = clinic.account;
  const typed = (more: object) => ({ provider: testedProvider.id, mode: "test", credentials: { ...credentials, ...more } });
  expect(states(await tryOut(typed({})))).toMatchObject({ publicKey: "proven", eventsSecret: "unproven" });
  const refused = await tryOut(typed({ privateKey: "prv_test_of_somebody_else" }));
  expect(refused).toMatchObject({ result: "failed", detail: "private_key_refused" });
  expect(states(refused)).toMatchObject({ publicKey: "proven", privateKey: "refused" });
  const wrongMode = await ask(stage, "/api/tenant/payments/test", { headers, json: { ...typed({}), mode: "production" } });
  expect(expectProblem(wrongMode, "credentials_invalid")).toHaveLength(4);
});

test("a provider that does not answer proves nothing, and breaks nothing", async () => {
  await stage.payer.behave(clinic.account, { fails: { status: 500, times: 5 } });
  const answer = await tryOut({ provider: testedProvider.id, mode: "test", credentials: clinic.account.credentials });
  expect(answer).toMatchObject({ result: "unanswered", detail: "unanswered" });
  expect(new Set(Object.values(states(answer)))).toEqual(new Set(["unproven"]));
});

test("holds no transaction open while the provider thinks", async () => {
  // Whatever else has a transaction on this database, however busy the machine is.
  await stage.stopWorker();
  await stage.payer.behave(clinic.account, { slowMs: 1500 });
  const asked = stored();
  const waiting = `select count(*)::int as count from pg_stat_activity where datname = current_database()
    and state = 'idle in transaction' and clock_timestamp() - xact_start > interval '1200 ms'`;
  let isOver = false;
  void asked.finally(() => {
    isOver = true;
  });
  while (!isOver) expect((await stage.owner.query(waiting)).rows).toEqual([{ count: 0 }]);
  expect((await asked).result).toBe("ok");
  await stage.startWorker();
});

test("providers are told with their form, abilities, fees and methods; what is free is none of them", async () => {
  const { body } = await ask(stage, "/api/payment-providers", { headers });
  const { providers } = body as { providers: unknown[] };
  const known = providers.map((each) => expectShape(paymentProviderAnswer, each));
  const ids = known.map(({ id }) => id);
  expect(ids).toContain(testedProvider.id);
  for (const own of ["none", "on_site"]) expect(ids).not.toContain(own);
  for (const { fields, can, cannot, facts } of known) {
    expect(fields.length).toBeGreaterThan(0);
    expect([...can, ...cannot].sort()).toEqual(["close_page", "refund_by_api", "refund_part", "void_by_api"]);
    expect(facts.methods).not.toEqual([]);
    for (const { percent, source } of facts.fees) expect([percent > 0, source.startsWith("https:")]).toEqual([true, true]);
  }
});
