import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkoutQuery, startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.press("/reset");
  world.receiver.received.length = 0;
});

const open = (query: string) => fetch(`${world.url}/wompi/p/?${query}`);
const pay = (query: string, outcome: string, more: Record<string, string | number> = {}) =>
  world.press("/wompi/p/pay", { query, outcome, ...more });
const state = async (reference: string) => (await world.read(`/wompi/state?reference=${reference}`)).body;

test("a rightly signed payment page opens in Spanish and creates nothing yet", async () => {
  const response = await open(checkoutQuery("R-1"));
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('lang="es"');
  expect((await state("R-1")).transactions).toEqual([]);
});

test("the page has its service's steps and fields", async () => {
  const page = await (await open(checkoutQuery("R-1"))).text();
  for (const words of ["Total a pagar", "Selecciona un método de pago", "Usa tu cuenta Nequi", "Continuar con tu pago"])
    expect(page).toContain(words);
});

test.each([
  ["the card that approves", { method: "CARD", card: "4242 4242 4242 4242" }, "APPROVED"],
  ["the card that declines", { method: "CARD", card: "4111 1111 1111 1111" }, "DECLINED"],
  ["any other card", { method: "CARD", card: "5254 1336 7440 3564" }, "ERROR"],
  ["the Nequi that approves", { method: "NEQUI", phone: "399 111 1111" }, "APPROVED"],
  ["the Nequi that declines", { method: "NEQUI", phone: "3992222222" }, "DECLINED"],
  ["any other Nequi", { method: "NEQUI", phone: "3001234567" }, "ERROR"],
  ["the bank that approves", { method: "PSE", bank: "1" }, "APPROVED"],
  ["the bank that declines", { method: "PSE", bank: "2" }, "DECLINED"],
])("what is typed into the form decides: %s", async (_name, typed, status) => {
  await pay(checkoutQuery("F-1"), "form", typed);
  expect((await state("F-1")).transactions).toMatchObject([{ status, method: typed.method }]);
});

test.each([
  ["a wrong amount", { "amount-in-cents": "8500100" }, 422, "La firma es inválida"],
  ["one changed byte of the reference", { reference: "R-3" }, 422, "La firma es inválida"],
  ["no signature", { "signature:integrity": "" }, 422, "No está presente"],
  ["an unknown key", { "public-key": "pub_test_nobody" }, 404, "llave pública"],
  ["dollars", { currency: "USD" }, 422, "COP"],
  ["too little", { "amount-in-cents": "149900" }, 422, "monto mínimo"],
  ["centavos", { "amount-in-cents": "8500050" }, 422, "centavos"],
  ["a decimal amount", { "amount-in-cents": "85000.00" }, 422, "entero"],
])("%s is refused on the page and by its buttons, and nothing is created", async (_name, changes, status, words) => {
  const query = checkoutQuery("R-2", changes);
  const response = await open(query);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(words);
  expect((await pay(query, "approve")).status).toBe(status);
  expect((await world.read("/wompi/state")).body.transactions).toEqual([]);
});

test("an expiration time must be the very string that was signed, and not be past", async () => {
  const soon = new Date(Date.now() + 600_000).toISOString();
  expect((await open(checkoutQuery("R-4", {}, soon))).status).toBe(200);
  expect((await open(checkoutQuery("R-4", { "expiration-time": soon.replace("Z", "+00:00") }, soon))).status).toBe(422);
  const past = checkoutQuery("R-4", {}, new Date(Date.now() - 1000).toISOString());
  expect((await open(past)).status).toBe(410);
  expect((await pay(past, "approve")).status).toBe(410);
  const late = await pay(past, "approve", { expiredApprovals: "allowed" });
  expect(late.body.status).toBe("APPROVED");
});

test("approving sends the event first and then the browser back with the id", async () => {
  const body = new URLSearchParams({ query: checkoutQuery("R-5", { "redirect-url": "http://127.0.0.1:9/back?a=1" }), outcome: "approve" });
  const response = await fetch(`${world.url}/wompi/p/pay`, { method: "POST", body, redirect: "manual" });
  expect(response.status).toBe(303);
  const { transactions } = await state("R-5");
  expect(transactions[0].status).toBe("APPROVED");
  expect(response.headers.get("location")).toBe(`http://127.0.0.1:9/back?a=1&id=${transactions[0].id}&env=test`);
  expect(world.receiver.received).toHaveLength(1);
});

test("an approved reference cannot be paid again", async () => {
  const query = checkoutQuery("R-6");
  await pay(query, "approve");
  expect((await open(query)).status).toBe(409);
  expect((await pay(query, "approve")).status).toBe(409);
});

test("after a decline the reference stays and the id changes, for three minutes", async () => {
  const query = checkoutQuery("R-7");
  const declined = await pay(query, "decline_then_retry");
  expect(declined.body.redirectUrl).toBeNull();
  expect((await open(query)).status).toBe(200);
  const approved = await pay(query, "approve", { method: "NEQUI" });
  expect(approved.body.transactionIds[0]).not.toBe(declined.body.transactionIds[0]);
  expect((await state("R-7")).transactions.map((each: { status: string }) => each.status)).toEqual(["DECLINED", "APPROVED"]);
  await pay(checkoutQuery("R-8"), "decline");
  await world.press("/clock/advance", { seconds: 181 });
  expect((await open(checkoutQuery("R-8"))).status).toBe(409);
});

test("closing the tab approves without a redirect; abandoning creates nothing", async () => {
  const closed = await pay(checkoutQuery("R-9"), "close");
  expect(closed.body).toMatchObject({ status: "APPROVED", redirectUrl: null });
  await pay(checkoutQuery("R-10"), "abandon");
  expect((await state("R-10")).transactions).toEqual([]);
});

test("knobs of one payment: two approvals, another amount and currency, an unknown word", async () => {
  await pay(checkoutQuery("R-11"), "approve", { approvals: 2 });
  expect((await state("R-11")).transactions.map((each: { status: string }) => each.status)).toEqual(["APPROVED", "APPROVED"]);
  await pay(checkoutQuery("R-12"), "approve", { amountInCents: 150_000, currency: "USD" });
  expect((await state("R-12")).transactions[0]).toMatchObject({ amountInCents: 150_000, currency: "USD" });
  await pay(checkoutQuery("R-13"), "approve", { unknownStatus: "IN_REVIEW" });
  expect((await state("R-13")).transactions[0].status).toBe("IN_REVIEW");
});

test("a field that makes no sense is answered with its reason", async () => {
  const answer = await pay(checkoutQuery("R-14"), "approve", { eventCopies: 21 });
  expect(answer.status).toBe(422);
  expect(answer.body.problems).toHaveProperty("eventCopies");
});
