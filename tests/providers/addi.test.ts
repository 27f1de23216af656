import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PaymentProvider, ReceivedEvent, StartPayment } from "#domain/payment-provider.ts";
import { resetEnv } from "#platform/env.ts";
import { newReference } from "#platform/ids.ts";
import { addi } from "#providers/payments/addi/addi.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { callbackUrlOf, newAddiKeys, testedAddi } from "../support/payers/addi.ts";
import type { Account } from "../support/payers/payer.ts";
import { type Delivery, only, type PaymentStage, paymentSuite } from "./payment-suite.ts";
import { type ProviderWorld, startProviderWorld } from "./world.ts";

const payment = (changes: Partial<StartPayment> = {}): StartPayment => ({
  reference: newReference(),
  amountMinor: 8_500_000,
  currency: "COP",
  expiresAt: new Date(Date.now() + 600_000),
  returnUrl: "http://localhost:3000/pay/return/abc",
  description: "Consulta",
  locale: "es",
  customer: {
    name: "Ana María Pérez",
    email: "ana.perez@example.com",
    phone: "+573001234567",
    document: { type: "CC", number: "1020304050" },
  },
  webhookUrl: "http://localhost:3000/api/webhooks/addi/1",
  mayBeSlow: false,
  sessionToken: null,
  ...changes,
});

async function open() {
  const world = await startProviderWorld();
  process.env["ADDI_API_URL"] = `${world.url}/addi/api`;
  resetEnv();
  const payer = testedAddi.payer(world.url);
  const account = await payer.openAccount(world.receiver.url);
  return { world, payer, account };
}

const deliveriesOf = (world: ProviderWorld): Required<Delivery>[] =>
  world.receiver.received.splice(0).map(({ body, headers, path }) => ({
    rawBody: Buffer.from(body),
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    url: new URL(path, world.receiver.url),
  }));

async function openStage(): Promise<PaymentStage> {
  const { world, payer, account } = await open();
  const { clientId = "", clientSecret = "", callbackPassword = "" } = account.credentials;
  return {
    secrets: [clientId, clientSecret, callbackPassword],
    provider: connectPayment({ provider: "addi", mode: "test", credentials: account.credentials }),
    payment: (changes) => payment({ webhookUrl: account.webhookUrl, ...changes }),
    payer,
    account,
    newChargeId: testedAddi.newChargeId,
    deliveries: () => deliveriesOf(world),
    stop: world.stop,
  };
}

paymentSuite(addi, openStage, { proves: "sender" });

describe("Addi", () => {
  let world: ProviderWorld;
  let account: Account;
  let payer: Awaited<ReturnType<typeof open>>["payer"];
  beforeEach(async () => {
    ({ world, payer, account } = await open());
  });
  afterEach(() => world.stop());

  const connect = (credentials: unknown = account.credentials) => connectPayment({ provider: "addi", mode: "test", credentials });
  const asked = (changes: Partial<StartPayment> = {}) => payment({ webhookUrl: account.webhookUrl, ...changes });
  const turn = (knobs: Record<string, string | number>) =>
    world.press("/addi/panel/knobs", { clientId: account.credentials["clientId"] ?? "", ...knobs });
  const applications = async (orderId: string) => (await world.read(`/addi/state?orderId=${orderId}`)).applications;
  const verify = ({ rawBody, headers, url }: Required<Delivery>) =>
    addi.verifyWebhook({ rawBody, headers, url, credentials: account.credentials, mode: "test" });

  test("the redirect is handed on and not followed, and the application says who pays what to whom", async () => {
    const wish = asked();
    const { checkoutUrl, providerPaymentId } = await connect().start(wish);
    expect(providerPaymentId).toBeNull();
    expect(checkoutUrl).toMatch(/\/addi\/apply\/[0-9a-f-]{36}$/);
    expect((await fetch(checkoutUrl)).status).toBe(200);
    expect(only(await applications(wish.reference))).toMatchObject({
      totalAmount: 85_000,
      currency: "COP",
      buyer: "Ana María Pérez",
      callbackUrl: callbackUrlOf(account, wish.reference),
      redirectionUrl: wish.returnUrl,
    });
  });

  test("each application has a token of its own, for the audience of its mode", async () => {
    const calls: { path: string; body: Record<string, unknown>; authorization: string | undefined }[] = [];
    for (const mode of ["test", "production"] as const) await answering(calls, (provider) => provider.start(payment()), mode);
    const tokens = calls.filter(({ path }) => path === "/oauth/token");
    expect(tokens.map(({ body }) => body["audience"])).toEqual(["https://api.staging.addi.com", "https://api.addi.com"]);
    const application = calls.find(({ path }) => path === "/v1/online-applications");
    expect(application?.authorization).toBe("Bearer token-1");
    expect(application?.body).toMatchObject({
      totalAmount: "85000.0",
      client: {
        idType: "CC",
        idNumber: "1020304050",
        firstName: "Ana",
        lastName: "María Pérez",
        cellphone: "3001234567",
        cellphoneCountryCode: "+57",
      },
    });
  });

  test("without the customer's document nothing is asked", async () => {
    const { customer } = payment();
    const start = connect().start(asked({ customer: { ...customer, document: null } }));
    await expect(start).rejects.toMatchObject({ kind: "refused", reason: "document_missing" });
  });

  test("a 5xx after the effect is repeated at once with the same order, which is the same application", async () => {
    await turn({ failAfterEffect: 1 });
    const wish = asked();
    const { checkoutUrl } = await connect().start(wish);
    expect((await connect().start(wish)).checkoutUrl).toBe(checkoutUrl);
    expect(await applications(wish.reference)).toHaveLength(1);
    await turn({ failAfterEffect: 2 });
    await expect(connect().start(asked())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  });

  test("a running credit and an error of the application are refusals with Addi's code", async () => {
    await turn({ conflicts: 1 });
    await expect(connect().start(asked())).rejects.toMatchObject({ kind: "refused", retriable: false, reason: "001-010" });
    const wish = asked({ customer: { ...payment().customer, document: { type: "PP", number: "x" } } });
    await expect(connect().start(wish)).rejects.toMatchObject({ kind: "refused", retriable: false, reason: "001-001" });
  });

  test.each([
    ["decline", "REJECTED", "declined"],
    ["error", "INTERNAL_ERROR", "error"],
  ] as const)("after %s the callback says %s, which is a failure of ours", async (outcome, word, state) => {
    const { checkoutUrl } = await connect().start(asked());
    await payer.pay(checkoutUrl, outcome);
    const { rawBody } = only(deliveriesOf(world));
    expect(addi.signedCharge(Buffer.from(rawBody).toString())).toMatchObject({ providerStatus: word, state, amountMinor: 0 });
  });

  test("when the time runs out, or the customer says no, it is a failure too", async () => {
    for (const [outcome, state] of [
      ["abandon", "expired"],
      ["decline", "declined"],
    ] as const) {
      const { checkoutUrl } = await connect().start(asked());
      await world.press("/addi/apply", { application: checkoutUrl.split("/").at(-1) ?? "", outcome });
      expect(addi.signedCharge(Buffer.from(only(deliveriesOf(world)).rawBody).toString())).toMatchObject({ state });
    }
  });

  test("another amount than asked is told as it was approved", async () => {
    const { checkoutUrl } = await connect().start(asked());
    await world.press("/addi/apply", { application: checkoutUrl.split("/").at(-1) ?? "", outcome: "approve_less" });
    const { rawBody } = only(deliveriesOf(world));
    expect(addi.signedCharge(Buffer.from(rawBody).toString())).toMatchObject({ state: "approved", amountMinor: 4_250_000, unproven: [] });
  });

  test("pending and then approved are two events of one application; the same one again is none", async () => {
    const { checkoutUrl } = await connect().start(asked());
    const { chargeIds } = await payer.pay(checkoutUrl, "pending");
    await payer.decide(chargeIds[0], "approved");
    await payer.tellAgain(chargeIds[0]);
    const events = deliveriesOf(world).map(verify);
    expect(events.map((event) => event?.providerChargeId)).toEqual([chargeIds[0], chargeIds[0], chargeIds[0]]);
    expect(events.map((event) => event?.isApproval)).toEqual([false, true, true]);
    expect(new Set(events.map((event) => event?.eventKey)).size).toBe(2);
  });

  test("a callback needs the pair and the word of its own order", async () => {
    const { checkoutUrl, wish } = await (async () => {
      const wish = asked();
      return { wish, ...(await connect().start(wish)) };
    })();
    await payer.pay(checkoutUrl, "approve");
    const delivery = only(deliveriesOf(world));
    expect(verify(delivery)).toMatchObject({ reference: wish.reference, isApproval: true });
    const without = new URL(delivery.url);
    without.searchParams.delete("t");
    expect(verify({ ...delivery, url: without })).toBeNull();
    expect(verify({ ...delivery, url: new URL(callbackUrlOf(account, newReference())) })).toBeNull();
    const other = Buffer.from(Buffer.from(delivery.rawBody).toString().replaceAll(wish.reference, newReference()));
    expect(verify({ ...delivery, rawBody: other })).toBeNull();
    expect(verify({ ...delivery, headers: new Headers() })).toBeNull();
    const shouted = new Headers({ authorization: delivery.headers.get("authorization")?.replace("Basic", "BASIC") ?? "" });
    expect(verify({ ...delivery, headers: shouted })).not.toBeNull();
  });

  test("the answer is exactly the bytes that came, whatever they look like", async () => {
    const event: ReceivedEvent = {
      ...{ eventKey: "k", eventKind: "APPROVED", isAboutCharge: true, isApproval: true, reference: "R", providerChargeId: "A" },
    };
    for (const text of ['{ "orderId" : "R",\r\n\t"applicationId":"A" }', '\ufeff{"a":"ñ"}', '{"a":1.0}\n']) {
      const rawBody = Buffer.from(text);
      const answer = addi.webhookAnswer(event, rawBody);
      expect(answer.status).toBe(200);
      expect(Buffer.from(answer.body).equals(rawBody)).toBe(true);
    }
  });

  test("the whole application is cancelled once; a part, a second time and a void are refused", async () => {
    const wish = asked();
    const { checkoutUrl } = await connect().start(wish);
    const { chargeIds } = await payer.pay(checkoutUrl, "approve");
    const known = { reference: wish.reference, providerPaymentId: null, currency: "COP" };
    const request = {
      payment: known,
      providerChargeId: chargeIds[0] ?? "",
      amountMinor: wish.amountMinor,
      currency: "COP",
      idempotencyKey: "k",
    };
    expect(await connect().refund({ ...request, method: "void" })).toMatchObject({ result: "refused", detail: "only_cancellations" });
    const part = { ...request, amountMinor: 5_000_000, method: "refund" } as const;
    expect(await connect().refund(part)).toMatchObject({ result: "refused", providerStatus: "002-004" });
    expect(await connect().refund({ ...request, payment: null, method: "refund" })).toMatchObject({
      result: "refused",
      detail: "order_unknown",
    });
    expect(await connect().refund({ ...request, method: "refund" })).toMatchObject({ result: "accepted", isFinal: true });
    expect(await connect().refund({ ...request, method: "refund" })).toMatchObject({ result: "refused", providerStatus: "002-003" });
  });

  test("a cancellation whose answer is lost is unknown, and is not tried again by the adapter", async () => {
    const wish = asked();
    const { chargeIds } = await payer.pay((await connect().start(wish)).checkoutUrl, "approve");
    await turn({ failAfterEffect: 1 });
    const payment = { reference: wish.reference, providerPaymentId: null, currency: "COP" };
    const request = { payment, providerChargeId: chargeIds[0] ?? "", amountMinor: wish.amountMinor, currency: "COP", idempotencyKey: "k" };
    await expect(connect().refund({ ...request, method: "refund" })).rejects.toMatchObject({ kind: "unreachable" });
    expect(only(await applications(wish.reference))).toMatchObject({ isCancelled: true });
  });

  test("the connection test names what is wrong, and tells the account's own limits", async () => {
    await world.press("/addi/panel/allies", { name: "Clínica", ...account.credentials, minAmount: 100_000, maxAmount: 30_000_000 });
    expect(await connect().test()).toEqual({
      ok: true,
      detail: "ok",
      refused: null,
      proven: ["clientId", "clientSecret", "allySlug"],
      unproven: ["callbackUser", "callbackPassword"],
      amounts: { COP: { minMinor: 10_000_000, maxMinor: 2_000_000_000, stepMinor: 100 } },
    });
    const secret = { ...account.credentials, clientSecret: newAddiKeys().clientSecret };
    expect(await connect(secret).test()).toMatchObject({ ok: false, detail: "client_refused", refused: "clientSecret" });
    expect(await connect({ ...account.credentials, allySlug: "nobody" }).test()).toMatchObject({ ok: false, detail: "slug_refused" });
    await turn({ isActiveAlly: "no" });
    expect(await connect().test()).toMatchObject({ ok: false, detail: "account_inactive" });
  });

  test("a short password for the callbacks is refused at once", () => {
    expect(() => connect({ ...account.credentials, callbackPassword: "too-short" })).toThrow(/short/);
  });
});

/** A service that gives tokens and redirects, and keeps what it was asked. */
async function answering(
  calls: { path: string; body: Record<string, unknown>; authorization: string | undefined }[],
  look: (provider: PaymentProvider) => Promise<unknown>,
  mode: "test" | "production",
): Promise<void> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    calls.push({
      path: request.url ?? "",
      body: JSON.parse(Buffer.concat(chunks).toString()),
      authorization: request.headers.authorization,
    });
    if (request.url === "/oauth/token") response.writeHead(200).end(JSON.stringify({ access_token: `token-${calls.length}` }));
    else response.writeHead(301, { location: "https://co.addi.com/apply/1" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  await look(addi.create(newAddiKeys(), mode, { apiUrl, checkoutUrl: apiUrl }));
  server.closeAllConnections();
  server.close();
}

test("scrubbing keeps the names of order and application, however a shop has made them, and takes a key of the same form", () => {
  const [made, key] = ["V1StGXR8-Z5jdHi6BmyT0pQ4w", newAddiKeys().clientSecret];
  const told = { orderId: made, applicationId: `a.${made}`, approvedAmount: "100000.0", currency: "COP", status: "APPROVED" };
  const body = addi.scrub(JSON.stringify({ ...told, statusTimestamp: "1541010870", note: key }));
  expect(addi.signedCharge(body)).toMatchObject({ providerChargeId: `a.${made}`, state: "approved" });
  expect(addi.guessReference(body)).toBe(made);
  expect(body).not.toContain(key);
});
