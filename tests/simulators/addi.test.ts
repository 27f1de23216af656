import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld } from "./start.ts";

const ally = {
  allySlug: "suite",
  clientId: "client-suite",
  clientSecret: "client-secret-suite",
  callbackUser: "suite",
  callbackPassword: "password-of-the-suite",
};
let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.press("/reset");
  await world.press("/addi/panel/allies", { name: "Comercio", ...ally });
  world.receiver.received.length = 0;
  world.receiver.answers.length = 0;
});

const tokenFor = (changes: object = {}) =>
  world.press("/addi/api/oauth/token", {
    ...{ audience: "https://api.staging.addi.com", grant_type: "client_credentials" },
    ...{ client_id: ally.clientId, client_secret: ally.clientSecret, ...changes },
  });
const call = async (path: string, body: object, token?: string) => {
  const bearer = token ?? (await tokenFor()).body.access_token;
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const reply = await fetch(`${world.url}/addi/api${path}`, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" });
  return { status: reply.status, location: reply.headers.get("location"), body: await reply.json().catch(() => null) };
};
const application = (orderId: string, changes: object = {}) => ({
  ...{ orderId, totalAmount: "85000.0", shippingAmount: "0.0", totalTaxesAmount: "0.0", currency: "COP" },
  items: [{ sku: "1", name: "Consulta", quantity: 1, unitPrice: 85_000 }],
  client: {
    ...{ idType: "CC", idNumber: "1020304050", firstName: "Ana", lastName: "Pérez" },
    ...{ email: "ana@example.com", cellphone: "3001234567", cellphoneCountryCode: "+57" },
  },
  allyUrlRedirection: { callbackUrl: `${world.receiver.url}?t=word`, redirectionUrl: "http://127.0.0.1:9/back" },
  ...changes,
});
const apply = async (orderId: string, changes: object = {}) => call("/v1/online-applications", application(orderId, changes));
const choose = (location: string | null, outcome: string) =>
  world.press("/addi/apply", { application: location?.split("/").at(-1) ?? "", outcome });
const turn = (knobs: Record<string, string | number>) => world.press("/addi/panel/knobs", { clientId: ally.clientId, ...knobs });
const said = () => world.receiver.received.map(({ body }) => JSON.parse(body));

test("a client that is not known gets no token, and without one nothing is done", async () => {
  expect((await tokenFor({ client_secret: "wrong" })).status).toBe(401);
  expect((await tokenFor({ client_id: "nobody" })).status).toBe(401);
  expect((await call("/v1/online-applications", application("R-0"), "no-token")).status).toBe(401);
  expect((await tokenFor()).body).toMatchObject({ token_type: "Bearer", expires_in: expect.any(Number) });
});

test("an application is answered 301 to its page; the same order again is the same page", async () => {
  const first = await apply("R-1");
  expect([first.status, first.body]).toEqual([301, null]);
  expect((await apply("R-1")).location).toBe(first.location);
  expect((await apply("R-1", { totalAmount: "90000.0" })).status).toBe(409);
});

test.each([
  ["a number instead of a text", { totalAmount: 85_000 }],
  ["too little", { totalAmount: "49999.0" }],
  ["too much", { totalAmount: "20000001.0" }],
  ["no item", { items: [] }],
  ["dollars", { currency: "USD" }],
])("an application with %s is refused with a code and a message", async (_name, changes) => {
  const reply = await apply("R-2", changes);
  expect(reply).toMatchObject({ status: 400, body: { code: expect.stringMatching(/^001-/), message: expect.any(String) } });
});

test("knobs of the API: a running credit, an error before and after the effect", async () => {
  await turn({ conflicts: 1 });
  expect(await apply("R-3")).toMatchObject({ status: 409, body: { code: "001-010" } });
  await turn({ failAfterEffect: 1 });
  expect((await apply("R-3")).status).toBe(500);
  expect((await apply("R-3")).status).toBe(301);
  expect((await world.read("/addi/state?orderId=R-3")).body.applications).toHaveLength(1);
});

test.each([
  ["approve", "APPROVED", "85000.0"],
  ["approve_less", "APPROVED", "42500.0"],
  ["reject", "REJECTED", "0.0"],
  ["decline", "DECLINED", "0.0"],
  ["abandon", "ABANDONED", "0.0"],
  ["error", "INTERNAL_ERROR", "0.0"],
  ["pending", "PENDING", "0.0"],
])("the button %s calls back with %s and %s", async (outcome, status, approvedAmount) => {
  const { location } = await apply(`R-${outcome}`);
  await choose(location, outcome);
  const [callback] = world.receiver.received;
  expect(callback?.headers["authorization"]).toBe(
    `Basic ${Buffer.from(`${ally.callbackUser}:${ally.callbackPassword}`).toString("base64")}`,
  );
  expect(callback?.path).toBe("/webhook?t=word");
  expect(said()[0]).toEqual({
    ...{ orderId: `R-${outcome}`, applicationId: location?.split("/").at(-1), status, approvedAmount, currency: "COP" },
    statusTimestamp: expect.stringMatching(/^\d{10}$/),
  });
});

test("only 200 with exactly the same body counts: else again every 30 minutes for 24 hours", async () => {
  const { location } = await apply("R-4");
  await choose(location, "approve");
  const state = async () => (await world.read("/addi/state?orderId=R-4")).body.callbacks[0];
  // The receiver answers 200, but with a word of its own.
  expect(await state()).toMatchObject({ state: "retrying", attempts: [{ status: 200 }] });
  await world.press("/clock/advance", { seconds: 1801 });
  expect(world.receiver.received).toHaveLength(2);
  for (let n = 0; n < 47; n += 1) await world.press("/clock/advance", { seconds: 1800 });
  expect(world.receiver.received).toHaveLength(49);
  await world.press("/clock/advance", { seconds: 86_400 });
  expect(world.receiver.received).toHaveLength(49);
  expect(await state()).toMatchObject({ state: "exhausted" });
});

test("a cancellation is whole and once", async () => {
  const { location } = await apply("R-5");
  const cancel = (amount: string) => call("/v1/online-applications/cancellations", { orderId: "R-5", amount });
  expect(await cancel("85000.0")).toMatchObject({ status: 400, body: { code: "002-002" } });
  await choose(location, "approve");
  expect(await cancel("42500.0")).toMatchObject({ status: 400, body: { code: "002-004" } });
  expect((await cancel("85000.0")).status).toBe(201);
  expect(await cancel("85000.0")).toMatchObject({ status: 400, body: { code: "002-003" } });
});

test("the configuration is public, by slug", async () => {
  expect((await world.read("/addi/api/allies/suite/config?requestedamount=50000")).body).toMatchObject({
    minAmount: 50_000,
    maxAmount: 20_000_000,
    isActiveAlly: true,
  });
  expect((await world.read("/addi/api/allies/nobody/config")).status).toBe(404);
});

test("the hosted page speaks four languages, and an application is decided once", async () => {
  const { location } = await apply("R-6");
  for (const [language, words] of [
    ["es", "Aprobar el crédito"],
    ["en", "Approve the credit"],
    ["fr", "Accepter le crédit"],
    ["pt", "Aprovar o crédito"],
  ] as const) {
    const page = await (await fetch(location ?? "", { headers: { "accept-language": language } })).text();
    expect(page).toContain(words);
    expect(page).toContain(`<html lang="${language}">`);
  }
  await choose(location, "reject");
  expect((await choose(location, "approve")).status).toBe(409);
  expect((await fetch(location ?? "")).status).toBe(409);
});
