import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { boldSignature } from "#simulators/bold/notification.ts";
import { startWorld } from "./start.ts";

const keys = { identityKey: "identity-suite", secretKey: "bold_secret" };
const api = { authorization: `x-api-key ${keys.identityKey}` };
let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.press("/reset");
  await world.press("/bold/panel/merchants", { name: "Comercio", ...keys, webhookUrl: world.receiver.url });
  world.receiver.received.length = 0;
  world.receiver.answers.length = 0;
});

/** The tests move the simulated clock, which never goes back. */
const inTenMinutes = async () => Math.floor(Date.parse((await world.read("/clock")).body.now) / 1000 + 600) * 1e9;
const body = async (changes: object = {}) => ({
  amount_type: "CLOSE",
  amount: { currency: "COP", total_amount: 85_000, tip_amount: 0 },
  reference: "R-1",
  description: "Consulta",
  expiration_date: await inTenMinutes(),
  callback_url: "http://127.0.0.1:9/back?a=1",
  payer_email: "ana@example.com",
  ...changes,
});
const make = async (changes: object = {}, headers: Record<string, string> = api) => {
  const reply = await fetch(`${world.url}/bold/api/online/link/v1`, { method: "POST", headers, body: JSON.stringify(await body(changes)) });
  return { status: reply.status, body: await reply.json() };
};
const link = async (changes: object = {}): Promise<string> => (await make(changes)).body.payload.payment_link;
const pay = (id: string, outcome: string, more: Record<string, string | number> = {}) =>
  world.press("/bold/pay", { link: id, outcome, ...more });
const ask = (path: string, headers: Record<string, string> = api) => world.read(`/bold/api${path}`, headers);
const turn = (knobs: Record<string, string | number>) => world.press("/bold/panel/knobs", { identityKey: keys.identityKey, ...knobs });
const said = () => world.receiver.received.map((event) => JSON.parse(event.body));

test("signatures are those of the published vectors, over base64", () => {
  const text = '{"id":"191850cb-00f8-4f64-aa5f-4975848e9428","type":"SALE_APPROVED","subject":"CP332C3C9WZU"}';
  const signed = (mode: "test" | "production") => boldSignature(text, { mode, secretKey: "bold_secret" });
  expect(signed("production")).toBe("bcd6fd5572539c685dbf36a39fbf3206ac43d627f791689ad6d23241473ccf29");
  expect(signed("test")).toBe("c09e815fefc0b129b0d0784188f070ca7145360e539adf1e9e68d2bc886d1799");
});

test.each([
  ["less than 1000 pesos", { amount: { currency: "COP", total_amount: 999 } }],
  ["centavos", { amount: { currency: "COP", total_amount: 85_000.5 } }],
  ["a reference with a space", { reference: "R 1" }],
  ["a description of one letter", { description: "x" }],
  ["an end in milliseconds", { expiration_date: Date.now() + 600_000 }],
  ["an address without https", { callback_url: "http://shop.example/back" }],
])("a link with %s is refused, and is not made", async (_name, changes) => {
  const reply = await make(changes);
  expect(reply.status).toBe(400);
  expect(reply.body.errors[0]).toMatchObject({ code: "AP001" });
  expect((await world.read("/bold/state")).body.links).toEqual([]);
});

test("the key comes behind the word x-api-key, or nothing is answered", async () => {
  expect((await make({}, {})).status).toBe(403);
  expect((await make({}, { authorization: `Bearer ${keys.identityKey}` })).status).toBe(403);
  expect((await ask("/online/link/v1/payment_methods")).body.payload.payment_methods.PSE).toEqual({ max: 5_000_000, min: 1000 });
});

test("before anybody pays the voucher says NO_TRANSACTION_FOUND and the link ACTIVE", async () => {
  const id = await link();
  expect((await ask("/v2/payment-voucher/R-1")).body.payment_status).toBe("NO_TRANSACTION_FOUND");
  expect((await ask(`/online/link/v1/${id}`)).body).toMatchObject({ status: "ACTIVE", total: 85_000, is_sandbox: true, reference: "R-1" });
  expect((await ask("/payments/webhook/notifications/R-1?is_external_reference=true")).body).toEqual({ notifications: [] });
});

test("an approved link is PAID, tells of it rightly signed, sends the browser back, and takes no more money", async () => {
  const id = await link();
  const paid = await pay(id, "approve");
  const [event] = world.receiver.received;
  expect(event?.body).toMatch(/"time":\d{19},/);
  const encoded = Buffer.from(event?.body ?? "").toString("base64");
  expect(event?.headers["x-bold-signature"]).toBe(createHmac("sha256", "").update(encoded).digest("hex"));
  expect(said()[0]).toMatchObject({ type: "SALE_APPROVED", source: "/payments/links", data: { metadata: { reference: "R-1" } } });
  expect(paid.body.returnUrl).toBe("http://127.0.0.1:9/back?a=1&bold-order-id=R-1&bold-tx-status=approved");
  expect((await ask(`/online/link/v1/${id}`)).body).toMatchObject({ status: "PAID", transaction_id: paid.body.paymentIds[0] });
  expect((await pay(id, "approve")).status).toBe(409);
});

test("after a failed try the link is ACTIVE again; a failed one has no event", async () => {
  const id = await link();
  await pay(id, "decline_then_retry");
  await pay(id, "fail");
  expect(said().map(({ type }) => type)).toEqual(["SALE_REJECTED"]);
  expect((await ask(`/online/link/v1/${id}`)).body.status).toBe("ACTIVE");
  expect((await ask("/v2/payment-voucher/R-1")).body.payment_status).toBe("FAILED");
  await pay(id, "approve");
  expect((await ask("/v2/payment-voucher/R-1")).body.payment_status).toBe("APPROVED");
  expect((await ask("/payments/webhook/notifications/R-1?is_external_reference=true")).body.notifications).toHaveLength(2);
});

test("test cards decide by their number", async () => {
  for (const [card, status] of [
    ["4111 1111 1111 1111", "APPROVED"],
    ["5100 0100 0000 0015", "APPROVED"],
    ["4970 1100 0000 0062", "REJECTED"],
    ["5204 7300 0000 8404", "FAILED"],
    ["4000 0000 0000 0000", "FAILED"],
  ])
    expect((await pay(await link({ reference: `R-${card?.slice(-4)}` }), "card", { card: card ?? "" })).body.status).toBe(status);
});

test("a link ends when the virtual clock has passed its end", async () => {
  const id = await link();
  await world.press("/clock/advance", { seconds: 601 });
  expect((await ask(`/online/link/v1/${id}`)).body.status).toBe("EXPIRED");
  expect((await pay(id, "approve")).status).toBe(410);
  expect((await pay(id, "approve", { expiredApprovals: "allowed" })).status).toBe(200);
});

test("retries come 15 minutes, 1, 4, 8 and 24 hours after the first, with the same bytes, then no more", async () => {
  world.receiver.answers.push(...Array(6).fill(500));
  await pay(await link(), "approve");
  let passed = 0;
  for (const [at, count] of [
    [899, 1],
    [901, 2],
    [3601, 3],
    [14_401, 4],
    [28_801, 5],
    [86_401, 6],
    [800_000, 6],
  ] as const) {
    await world.press("/clock/advance", { seconds: at - passed });
    passed = at;
    expect(world.receiver.received).toHaveLength(count);
  }
  expect(new Set(world.receiver.received.map((event) => event.body)).size).toBe(1);
  expect((await world.read("/bold/state")).body.events[0].state).toBe("exhausted");
});

test("knobs: a tip, a null reference, a lag, the other environment, and no event but by the button", async () => {
  await turn({ tip: 5000, referenceInEvent: "null", eventDelaySeconds: 600, isSandbox: "other" });
  const id = await link();
  await pay(id, "approve");
  expect(said()).toEqual([]);
  await world.press("/clock/advance", { seconds: 601 });
  expect(said()[0].data).toMatchObject({ amount: { total: 90_000, tip: 5000 }, metadata: { reference: null } });
  expect((await ask("/v2/payment-voucher/R-1")).body).toMatchObject({ total: 90_000, subtotal: 85_000 });
  expect((await ask(`/online/link/v1/${id}`)).body.is_sandbox).toBe(false);
  await turn({ reset: "on" });
  await turn({ event: "by_button" });
  const paid = await pay(await link({ reference: "R-2" }), "approve");
  expect(said()).toHaveLength(1);
  const end = await (await fetch(`${world.url}/bold/end?payment=${paid.body.paymentIds[0]}`)).text();
  expect(end).toContain("Probar el webhook");
  await world.press(`/bold/payments/${paid.body.paymentIds[0]}/send-event`);
  expect(said()).toHaveLength(2);
});

test("the hosted page speaks four languages, also when it refuses", async () => {
  const id = await link();
  for (const [language, words] of [
    ["es", "Aprobar el pago"],
    ["en", "Approve the payment"],
    ["fr", "Accepter le paiement"],
    ["pt", "Aprovar o pagamento"],
  ] as const) {
    const page = await (await fetch(`${world.url}/bold/pay/${id}`, { headers: { "accept-language": language } })).text();
    expect(page).toContain(words);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page.match(/hreflang=/g)).toHaveLength(3);
    const unknown = await fetch(`${world.url}/bold/pay/LNK_NOTHING?lang=${language}`);
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining(`<html lang="${language}">`)]);
  }
});
