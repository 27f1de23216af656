import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { checkoutQuery, merchant, startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.press("/reset");
  world.receiver.received.length = 0;
});

const secret = { authorization: `Bearer ${merchant.privateKey}` };
const open = { authorization: `Bearer ${merchant.publicKey}` };
const knobs = (fields: Record<string, string | number>) => world.press("/wompi/panel/knobs", { publicKey: merchant.publicKey, ...fields });

async function approvedId(reference: string, method = "CARD"): Promise<string> {
  const paid = await world.press("/wompi/p/pay", { query: checkoutQuery(reference), outcome: "approve", method });
  return paid.body.transactionIds[0];
}

async function post(path: string, body: object, headers: Record<string, string> = secret) {
  const response = await fetch(world.url + path, { method: "POST", body: JSON.stringify(body), headers });
  return { status: response.status, body: await response.json() };
}

test("merchants/info knows the public key of the header; the old address is gone", async () => {
  const found = await world.read("/wompi/v1/merchants/info", { "x-merchant-public-key": merchant.publicKey });
  expect(found.body.data).toMatchObject({ active: true, public_key: merchant.publicKey, accepted_currencies: ["COP"] });
  expect((await world.read("/wompi/v1/merchants/info", { "x-merchant-public-key": "pub_test_nobody" })).status).toBe(404);
  expect((await world.read(`/wompi/v1/merchants/${merchant.publicKey}`)).status).toBe(404);
});

test("one transaction needs the private key of its merchant", async () => {
  const id = await approvedId("A-1");
  const path = `/wompi/v1/transactions/${id}`;
  expect((await world.read(path, secret)).body.data).toMatchObject({ id, status: "APPROVED", payment_method: { type: "CARD" } });
  expect((await world.read(path, open)).status).toBe(404);
  expect((await world.read(path)).body.error.type).toBe("NOT_FOUND_ERROR");
  expect((await world.read(path, { authorization: "Bearer prv_test_nobody" })).status).toBe(401);
  expect((await world.read("/wompi/v1/transactions/1-2-3", secret)).status).toBe(404);
  await knobs({ publicKeyReads: 200 });
  expect((await world.read(path, open)).status).toBe(200);
});

test("the list by reference is for the private key; an unknown reference is an empty list", async () => {
  await approvedId("A-2");
  expect((await world.read("/wompi/v1/transactions?reference=A-2", secret)).body.data).toHaveLength(1);
  expect((await world.read("/wompi/v1/transactions?reference=nobody", secret)).body).toMatchObject({ data: [] });
  const refused = await world.read("/wompi/v1/transactions?reference=A-2", open);
  expect([refused.status, refused.body.error.type]).toEqual([401, "INVALID_ACCESS_TOKEN"]);
});

test("another merchant sees nothing of it", async () => {
  const id = await approvedId("A-3");
  const other = { ...merchant, publicKey: "pub_test_other", privateKey: "prv_test_other", eventsUrl: world.receiver.url };
  expect((await world.press("/wompi/panel/merchants", other)).status).toBe(200);
  const headers = { authorization: "Bearer prv_test_other" };
  expect((await world.read(`/wompi/v1/transactions/${id}`, headers)).status).toBe(404);
  expect((await world.read("/wompi/v1/transactions?reference=A-3", headers)).body.data).toEqual([]);
});

test("the API fails and lags as its knobs say", async () => {
  const id = await approvedId("A-4");
  const status = async () => (await world.read(`/wompi/v1/transactions/${id}`, secret)).status;
  await knobs({ apiStatus: 503, apiFailures: 2 });
  expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
  const paid = await world.press("/wompi/p/pay", { query: checkoutQuery("A-5"), outcome: "approve", apiLag: 1 });
  const read = async () => (await world.read(`/wompi/v1/transactions/${paid.body.transactionIds[0]}`, secret)).body.data.status;
  expect([await read(), await read()]).toEqual(["PENDING", "APPROVED"]);
});

test("an approved card payment is voided once, on the same day, and the event follows", async () => {
  const id = await approvedId("A-6");
  const path = `/wompi/v1/transactions/${id}/void`;
  expect((await post(path, {}, open)).status).toBe(401);
  const voided = await post(path, {});
  expect(voided.status).toBe(201);
  expect(voided.body.data).toMatchObject({ status: "APPROVED", transaction: { id, status: "VOIDED" } });
  await vi.waitFor(() =>
    expect(world.receiver.received.map((event) => JSON.parse(event.body).data.transaction.status)).toEqual(["APPROVED", "VOIDED"]),
  );
  expect((await post(path, {})).status).toBe(422);
  expect((await post(`/wompi/v1/transactions/${await approvedId("A-7", "PSE")}/void`, {})).status).toBe(422);
  const yesterdays = await approvedId("A-8");
  await world.press("/clock/advance", { seconds: 86_400 });
  expect((await post(`/wompi/v1/transactions/${yesterdays}/void`, {})).status).toBe(422);
});

test("refunds never give back more than was paid, and can be switched off", async () => {
  const id = await approvedId("A-9");
  const refund = (amount: number, more = {}) =>
    post("/wompi/v1/refunds", { transaction_id: id, amount_in_cents: amount, reference: "refund", ...more });
  expect((await refund(5_000_000)).body.data.status).toBe("APPROVED");
  expect((await refund(3_500_000, { test_scenario: "declined" })).body.data.status).toBe("DECLINED");
  expect((await refund(3_500_100)).status).toBe(422);
  expect((await refund(3_500_000)).status).toBe(201);
  expect((await refund(100)).status).toBe(422);
  expect((await refund(100, { reference_6: "one too many" })).status).toBe(422);
  await knobs({ refunds: "off" });
  expect((await refund(100)).status).toBe(404);
});

test("the banks of PSE", async () => {
  expect((await world.read("/wompi/v1/pse/financial_institutions", open)).body.data).toHaveLength(2);
});
