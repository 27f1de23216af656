import { beforeEach, describe, expect, test } from "vitest";
import { type BookingOptionsAnswer, bookingOptionsAnswer, checkoutAnswer } from "#contracts/checkout.ts";
import { connectionAnswer } from "#contracts/merchant/connections.ts";
import { forgetCatalogs } from "#queries/catalog.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
const provider = testedProvider.id;
const ana = { name: "Ana María Pérez", email: "ana@example.com", phone: "+57 300 123 4567" };
const somebody = "01900000-0000-7000-8000-0000000000ff";

let clinic: Clinic;
let headers: { authorization: string };
let second: string;
let nextSlot = 0;
beforeEach(async () => {
  clinic = await stage.openClinic();
  headers = await merchantKey(stage, clinic.tenantId);
  second = await connect("Sede norte");
});

async function connect(label: string): Promise<string> {
  const account = await stage.payer.openAccount(`${stage.appUrl}/api/webhooks/${provider}`);
  const json = { provider, label, credentials: account.credentials };
  const { id } = expectShape(connectionAnswer, (await ask(stage, "/api/tenant/payments", { headers, json })).body);
  await ask(stage, `/api/tenant/payments/${id}/activate`, { method: "POST", headers });
  return id;
}

async function book(choice: object) {
  const { body } = await stage.hold(clinic, { start: slotStart(nextSlot++) });
  const json = { link: clinic.link, holdId: body.id, customer: ana, acceptedTerms: true, ...choice };
  return ask(stage, "/api/bookings", { session: body.session, json });
}
const again = ({ id, token }: { id: string; token: string }, choice: object) =>
  ask(stage, `/api/bookings/${id}/payments?token=${token}`, { json: choice });
async function paidWith(answer: { status: number; text: string; body: unknown }) {
  expect(answer.status, answer.text).toBe(201);
  const { reference } = expectShape(checkoutAnswer, answer.body);
  const { rows } = await stage.owner.query("select connection_id as id from payment where reference = $1", [reference]);
  return rows[0].id;
}
const options = async (): Promise<BookingOptionsAnswer> =>
  expectShape(bookingOptionsAnswer, (await ask(stage, `/api/booking/${clinic.link}/options`)).body);
const listed = async () => {
  const { connections } = (await ask(stage, "/api/tenant/payments", { headers })).body as { connections: unknown[] };
  return connections.map((each) => expectShape(connectionAnswer, each));
};
/** As a provider's test tells them of one account. */
async function limit(id: string, minMinor: number, maxMinor: number | null): Promise<void> {
  const limits = { COP: { minMinor, maxMinor, stepMinor: 100 } };
  await stage.owner.query("update connection set limits = $2 where id = $1", [id, limits]);
  forgetCatalogs();
}

describe("a customer's choice", () => {
  test("names an account, and the payment is made with that one", async () => {
    expect(await paidWith(await book({ connection: second }))).toBe(second);
    expect(await paidWith(await book({ connection: clinic.connectionId, provider }))).toBe(clinic.connectionId);
  });

  test("names a provider alone, as programs did before, and gets the merchant's first account there", async () => {
    expect(await paidWith(await book({ provider }))).toBe(clinic.connectionId);
    await ask(stage, "/api/tenant/payments/order", { method: "PUT", headers, json: { ids: [second] } });
    expect(await paidWith(await book({ provider }))).toBe(second);
  });

  test("is refused if it is nobody's, another merchant's, of another provider, or not active", async () => {
    const their = await stage.openClinic();
    for (const choice of [{ connection: somebody }, { connection: their.connectionId }, { connection: second, provider: "other" }, {}])
      expectProblem(await book(choice), "provider_not_offered");
    await ask(stage, `/api/tenant/payments/${second}/deactivate`, { method: "POST", headers });
    expectProblem(await book({ connection: second }), "provider_not_offered");
    expectProblem(await book({ connection: "first" }), "invalid_request");
  });

  test("is another one after the first try, for the same booking and with the same end", async () => {
    const first = expectShape(checkoutAnswer, (await book({ connection: second })).body);
    const other = await again(first, { connection: clinic.connectionId });
    expect(await paidWith(other)).toBe(clinic.connectionId);
    expect(other.body).toMatchObject({ id: first.id, expiresAt: first.expiresAt });
    expectProblem(await again(first, { connection: somebody }), "provider_not_offered");
    expectProblem(await again(first, {}), "invalid_request");
  });
});

describe("an account that does not fit is not offered, and the merchant reads why", () => {
  const offered = async () => (await options()).connections.map(({ connection }) => connection);
  const unfit = async (id: string) => (await listed()).find((each) => each.id === id)?.unfit;

  test("for its amount: the merchant's own limits narrow the provider's", async () => {
    await limit(second, 20_000_000, null);
    expectProblem(await book({ connection: second }), "amount_not_payable");
    expect(await paidWith(await book({ provider }))).toBe(clinic.connectionId);
    const { connections } = await options();
    expect(connections.find(({ connection }) => connection === second)?.amounts).toEqual([
      { currency: "COP", minMinor: 20_000_000, maxMinor: null, stepMinor: 100 },
    ]);
    expect(await unfit(second)).toEqual([{ reason: "too_little", services: [] }]);
    await limit(second, 100, 9_999_900);
    expectProblem(await book({ connection: second }), "amount_not_payable");
    // The deposit of the treatment is below the top.
    expect(await unfit(second)).toEqual([{ reason: "too_much", services: ["Consulta", "Teleconsulta"] }]);
    expect((await listed()).find(({ id }) => id === second)?.limits).toEqual([{ currency: "COP", minMinor: 100, maxMinor: 9_999_900 }]);
    await limit(second, 100, 10_000_000);
    expect(await paidWith(await book({ connection: second }))).toBe(second);
  });

  test("for its currency", async () => {
    await stage.owner.query("update service set currency = 'KRW' where tenant_id = $1", [clinic.tenantId]);
    forgetCatalogs();
    expectProblem(await book({ connection: second }), "amount_not_payable");
    expect(await unfit(second)).toEqual([{ reason: "currency", services: [] }]);
  });

  test("for the merchant's country", async () => {
    expect(await offered()).toEqual([clinic.connectionId, second]);
    await stage.owner.query("update tenant set country = 'FR' where tenant_id = $1", [clinic.tenantId]);
    forgetCatalogs();
    expect(await offered()).toEqual([]);
    expectProblem(await book({ connection: second }), "provider_not_offered");
    expect(await unfit(second)).toEqual([{ reason: "country", services: [] }]);
  });
});

test("customers read the merchant's names only where two of one provider stand side by side", async () => {
  expect((await options()).connections.map(({ label }) => label)).toEqual([null, "Sede norte"]);
  await ask(stage, `/api/tenant/payments/${clinic.connectionId}/deactivate`, { method: "POST", headers });
  expect((await options()).connections).toMatchObject([{ connection: second, label: null }]);
});
