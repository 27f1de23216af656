import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { noticeSignature } from "#simulators/mercadopago/signatures.ts";
import { account, startMercadopago } from "./mercadopago-start.ts";
import type { Received } from "./start.ts";

let world: Awaited<ReturnType<typeof startMercadopago>>;
beforeAll(async () => {
  world = await startMercadopago();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.call("POST", "/reset", {}, {});
  world.receiver.received.length = 0;
  world.receiver.answers.length = 0;
});

/** An independent reading of the documented check. */
function isRight({ headers, url }: Received): boolean {
  const [, ts = "", v1 = ""] = /^ts=(\d{13}),v1=([0-9a-f]{64})$/.exec(String(headers["x-signature"])) ?? [];
  const id = new URL(url, "http://x").searchParams.get("data.id");
  return (
    createHmac("sha256", account.webhookSecret).update(`id:${id};request-id:${headers["x-request-id"]};ts:${ts};`).digest("hex") === v1
  );
}

test("a notice has the documented address, headers and body, and no status in it", async () => {
  const pref = await world.open("N-1", { notification_url: `${world.receiver.url}/own?source_news=webhooks` });
  const { body } = await world.pay(pref);
  const [notice] = world.receiver.received;
  expect(notice?.url).toBe(`/webhook/own?source_news=webhooks&data.id=${body.paymentIds[0]}&type=payment`);
  expect(notice?.headers).toMatchObject({ "x-retry": "0", "x-socket-timeout": "22000", "user-agent": "restclient-node/4.14.3" });
  expect(world.said()).toMatchObject([{ type: "payment", action: "payment.created", api_version: "v1", data: { id: body.paymentIds[0] } }]);
  expect(notice?.body).not.toContain("approved");
  expect(notice && isRight(notice)).toBe(true);
});

test("the signature equals the known vector, which the official package accepts", () => {
  const vector = { dataId: "123456789", requestId: "2066ca19-c6f1-498a-be75-1923005edd06", ts: "1742505638683", secret: "mp_test_secret" };
  expect(noticeSignature(vector)).toBe("53c629a21a90883903f33f1ca4989e43737fb66ade11a325166e87319917de92");
});

test("a wrong signature is wrong, and an unsigned notice has none", async () => {
  const pref = await world.open("N-2");
  await world.pay(pref, { signature: "wrong" });
  await world.pay(pref, { signature: "none" });
  expect(world.receiver.received.map(isRight)).toEqual([false, false]);
  expect(world.receiver.received[1]?.headers).not.toHaveProperty("x-signature");
});

test("only 200 and 201 count; retries come after 15 and 30 minutes, 6, 48 and 96 hours with the same bytes, then no more", async () => {
  world.receiver.answers.push(500, 204, 302, 404, 503, 401);
  await world.pay(await world.open("N-3"));
  for (const [seconds, count] of [
    [899, 1],
    [2, 2],
    [900, 3],
    [19_800, 4],
    [151_200, 5],
    [172_800, 6],
    [864_000, 6],
  ] as const) {
    await world.advance(seconds);
    expect(world.receiver.received).toHaveLength(count);
  }
  expect(
    new Set(world.receiver.received.map(({ body, headers }) => `${body} ${headers["x-signature"]} ${headers["x-request-id"]}`)).size,
  ).toBe(1);
  expect(world.receiver.received.map(({ headers }) => headers["x-retry"])).toEqual(["0", "1", "2", "3", "4", "5"]);
  world.receiver.received.length = 0;
  world.receiver.answers.push(500, 201);
  await world.pay(await world.open("N-4"));
  await world.advance(864_000);
  expect(world.receiver.received).toHaveLength(2);
});

test("copies are one notice at the same moment; two hours later it is sent as another", async () => {
  await world.pay(await world.open("N-5"), { noticeCopies: 5, noticeAgainSeconds: 7200 });
  expect(world.receiver.received).toHaveLength(5);
  expect(new Set(world.receiver.received.map(({ headers }) => headers["x-request-id"])).size).toBe(1);
  await world.advance(7199);
  expect(world.receiver.received).toHaveLength(5);
  await world.advance(2);
  expect(new Set(world.receiver.received.map(({ headers }) => headers["x-request-id"])).size).toBe(2);
  expect(world.receiver.received.every(isRight)).toBe(true);
});

test("updated may come before created; never is never; a bank may say yes three days later", async () => {
  await world.pay(await world.open("N-6"), { noticeOrder: "updated_first" });
  expect(world.said().map(({ action }) => action)).toEqual(["payment.updated", "payment.created"]);
  world.receiver.received.length = 0;
  await world.pay(await world.open("N-7"), { notice: "never" });
  expect(world.said()).toEqual([]);
  const { body } = await world.pay(await world.open("N-8"), { method: "pse", lateApprovalSeconds: 259_200 });
  expect(body.status).toBe("pending");
  await world.advance(259_201);
  expect((await world.api("GET", `/v1/payments/${body.paymentIds[0]}`)).body).toMatchObject({ status: "approved" });
  expect(world.said().map(({ action }) => action)).toEqual(["payment.created", "payment.updated"]);
});

test.each([
  ["APRO", "approved", "accredited"],
  ["CONT", "in_process", "pending_contingency"],
  ["OTHE", "rejected", "cc_rejected_other_reason"],
  ["CALL", "rejected", "cc_rejected_call_for_authorize"],
  ["FUND", "rejected", "cc_rejected_insufficient_amount"],
  ["SECU", "rejected", "cc_rejected_bad_filled_security_code"],
  ["EXPI", "rejected", "cc_rejected_bad_filled_date"],
  ["FORM", "rejected", "cc_rejected_bad_filled_other"],
])("a card of %s is %s", async (holder, status, detail) => {
  const { body } = await world.pay(await world.open("C-1"), { holder });
  expect((await world.api("GET", `/v1/payments/${body.paymentIds[0]}`)).body).toMatchObject({
    status,
    status_detail: detail,
    external_reference: "C-1",
  });
});

test("in binary mode nothing is under review, and what is excluded cannot be chosen", async () => {
  const pref = await world.open("C-2", { binary_mode: true, payment_methods: { excluded_payment_types: [{ id: "ticket" }] } });
  expect((await world.pay(pref, { holder: "CONT" })).body.status).toBe("rejected");
  expect((await world.pay(pref, { method: "efecty" })).status).toBe(409);
  expect((await world.pay(await world.open("C-3"), { method: "efecty" })).body.status).toBe("pending");
});

test("a page is paid as often as somebody pays there, until it ends", async () => {
  const pref = await world.open("C-4");
  const ids = [(await world.pay(pref)).body.paymentIds[0], (await world.pay(pref)).body.paymentIds[0]];
  expect(new Set(ids).size).toBe(2);
  const found = (await world.api("GET", "/v1/payments/search?external_reference=C-4&limit=1")).body;
  expect(found).toMatchObject({ paging: { total: 2, limit: 1, offset: 0 }, results: [{ id: Number(ids[1]) }] });
  const ends = new Date(Date.now() - 1000).toISOString().replace("Z", "+00:00");
  expect((await world.api("PUT", `/checkout/preferences/${pref}`, { expires: true, expiration_date_to: ends })).status).toBe(200);
  expect((await world.pay(pref)).status).toBe(410);
  expect((await fetch(`${world.url}/mercadopago/checkout/v1/redirect?pref_id=${pref}`)).status).toBe(410);
});

test("a buyer comes back with what the documents name, also without paying", async () => {
  const pref = await world.open("C-5");
  const { body } = await world.pay(pref);
  const told = { payment_id: body.paymentIds[0], status: "approved", external_reference: "C-5", preference_id: pref };
  expect(Object.fromEntries(new URL(body.redirectUrl).searchParams)).toMatchObject(told);
  const left = (await world.pay(pref, { leave: "without_paying" })).body;
  expect(new URL(left.redirectUrl).searchParams.get("payment_id")).toBe("null");
  expect(left.paymentIds).toEqual([]);
});

test("the API refuses as the service does", async () => {
  const other = { authorization: "Bearer APP_USR-1-2-3-4" };
  expect((await world.api("GET", "/users/me", undefined, other)).body).toMatchObject({ status: 401, error: "unauthorized" });
  expect((await world.api("GET", "/v1/payments/1")).body).toMatchObject({ status: 404, cause: [{ code: 2000 }] });
  const { body } = await world.pay(await world.open("A-1"));
  const path = `/v1/payments/${body.paymentIds[0]}`;
  expect(await world.api("PUT", path, { status: "cancelled" })).toMatchObject({ status: 400, body: { cause: [{ code: 2063 }] } });
  expect(await world.api("POST", `${path}/refunds`, {})).toMatchObject({ status: 400, body: { cause: [{ code: 4292 }] } });
  const keyed = { "x-idempotency-key": "k-1" };
  expect((await world.api("POST", `${path}/refunds`, { amount: 5000 }, keyed)).status).toBe(201);
  expect((await world.api("POST", `${path}/refunds`, { amount: 6000 }, keyed)).status).toBe(409);
  const item = { title: "Consulta", quantity: 1, currency_id: "COP", unit_price: 10.5 };
  expect((await world.api("POST", "/checkout/preferences", { items: [item] })).status).toBe(400);
  expect((await world.api("POST", "/checkout/preferences", { items: [{ ...item, unit_price: 10 }], auto_return: "approved" })).status).toBe(
    400,
  );
});

test("the page speaks its merchant's language, whatever the browser prefers, and can be switched", async () => {
  const address = `${world.url}/mercadopago/checkout/v1/redirect?pref_id=${await world.open("L-1")}`;
  const page = async (more = "") => (await fetch(address + more, { headers: { "accept-language": "en-US" } })).text();
  const spanish = await page();
  expect(spanish).toContain('<html lang="es">');
  for (const words of ["¿Cómo quieres pagar?", "Detalle de tu compra", "Tarjeta de crédito o débito", "Consulta"])
    expect(spanish).toContain(words);
  for (const [language, words] of [
    ["en", "How do you want to pay?"],
    ["fr", "Comment souhaitez-vous payer"],
    ["pt", "Como você quer pagar?"],
  ] as const) {
    const switched = await page(`&lang=${language}`);
    expect(switched).toContain(`<html lang="${language}">`);
    expect(switched).toContain(words);
    expect([...switched.matchAll(/hreflang="(\w\w)"/g)].map(([, other]) => other)).toEqual(
      ["es", "en", "fr", "pt"].filter((each) => each !== language),
    );
  }
});

test("a merchant in Brazil has a page in Portuguese", async () => {
  const accessToken = account.accessToken.replace(/\d+$/, "200000077");
  await world.press("/panel/accounts", { ...account, accessToken, siteId: "MLB", webhookUrl: world.receiver.url });
  const items = [{ title: "Consulta", quantity: 1, currency_id: "BRL", unit_price: 85.5 }];
  const { body } = await world.call("POST", "/mercadopago/api/checkout/preferences", { items }, { authorization: `Bearer ${accessToken}` });
  const page = await (await fetch(String(body.init_point))).text();
  expect(page).toContain('<html lang="pt">');
  expect(page).toContain("Como você quer pagar?");
});

test("a form without scripts pays, and leads to a page that says how it went", async () => {
  const pref = await world.open("L-2");
  const body = new URLSearchParams({ pref_id: pref, method: "card", holder: "OTHE" });
  const answer = await fetch(`${world.url}/mercadopago/checkout/pay`, { method: "POST", body, redirect: "manual" });
  const end = await (await fetch(`${new URL(answer.headers.get("location") ?? "", world.url)}&lang=pt`)).text();
  expect(end).toContain("Seu pagamento foi recusado");
  expect(end).toContain("Voltar para o site");
});
