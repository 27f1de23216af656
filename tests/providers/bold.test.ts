import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PaymentProvider, StartPayment } from "#domain/payment-provider.ts";
import { resetEnv } from "#platform/env.ts";
import { newReference } from "#platform/ids.ts";
import { bold } from "#providers/payments/bold/bold.ts";
import { nanoseconds } from "#providers/payments/bold/link.ts";
import { findCharges } from "#providers/payments/bold/look-up.ts";
import { boldSignature } from "#providers/payments/bold/webhook.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { testedBold } from "../support/payers/bold.ts";
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
  customer: { name: "Ana María Pérez", email: "ana.perez@example.com", phone: "+573001234567", document: null },
  webhookUrl: "http://localhost:3000/api/webhooks/bold/1",
  mayBeSlow: false,
  sessionToken: null,
  ...changes,
});

/** Webhooks come to the address of a connection of its own, as in test mode they must. */
async function open() {
  const world = await startProviderWorld();
  process.env["BOLD_API_URL"] = `${world.url}/bold/api`;
  resetEnv();
  const payer = testedBold.payer(world.url);
  const account = await payer.openAccount(new URL(`/api/webhooks/bold/${randomUUID()}`, world.receiver.url).href);
  return { world, payer, account };
}

const deliveriesOf = (world: ProviderWorld): Delivery[] =>
  world.receiver.received.splice(0).map(({ body, headers, path }) => ({
    rawBody: Buffer.from(body),
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    url: new URL(path, world.receiver.url),
  }));

async function openStage(): Promise<PaymentStage> {
  const { world, payer, account } = await open();
  return {
    secrets: Object.values(account.credentials),
    provider: connectPayment({ provider: "bold", mode: "test", credentials: account.credentials }),
    payment,
    payer,
    account,
    newChargeId: testedBold.newChargeId,
    deliveries: () => deliveriesOf(world),
    stop: world.stop,
  };
}

paymentSuite(bold, openStage, { searchHasPages: false });

describe("Bold", () => {
  let world: ProviderWorld;
  let account: Account;
  let payer: Awaited<ReturnType<typeof open>>["payer"];
  beforeEach(async () => {
    ({ world, payer, account } = await open());
  });
  afterEach(() => world.stop());

  const connect = (mode: "test" | "production" = "test", credentials: unknown = account.credentials) =>
    connectPayment({ provider: "bold", mode, credentials });
  const turn = (knobs: Record<string, string | number>) =>
    world.press("/bold/panel/knobs", { identityKey: account.credentials["identityKey"] ?? "", ...knobs });
  const started = async (changes: Partial<StartPayment> = {}) => {
    const asked = payment(changes);
    const page = await connect().start(asked);
    return { asked, page, known: { reference: asked.reference, providerPaymentId: page.providerPaymentId, currency: "COP" } };
  };
  const links = async (reference: string) => (await world.read(`/bold/state?reference=${reference}`)).links;
  const verify = ({ rawBody, headers, url = new URL("http://x") }: Delivery, mode?: "test" | "production", isOnlyCandidate = true) =>
    bold.verifyWebhook({ rawBody, headers, url, credentials: account.credentials, isOnlyCandidate, ...(mode && { mode }) });

  test("a link asks for pesos, ends at an exact whole second, and brings the customer back", async () => {
    const { asked, page } = await started();
    expect(page.providerPaymentId).toMatch(/^LNK_/);
    expect((await fetch(page.checkoutUrl)).status).toBe(200);
    const [link] = await links(asked.reference);
    expect(link).toMatchObject({ total: 85_000, currency: "COP", callbackUrl: asked.returnUrl, payerEmail: asked.customer.email });
    expect(link.expirationDate).toBe(Math.floor(asked.expiresAt.getTime() / 1000) * 1e9);
  });

  test("nanoseconds are exact until the year 2115, and written without an exponent", () => {
    for (let seconds = 1_700_000_000; seconds < 4_600_000_000; seconds += 98_765_431) {
      const time = nanoseconds(new Date(seconds * 1000 + 999));
      expect(BigInt(time)).toBe(BigInt(seconds) * 1_000_000_000n);
      expect(JSON.stringify(time)).toBe(`${seconds}000000000`);
    }
  });

  test("a short description and an address without https do not stop a payment at Bold itself", async () => {
    const { asked } = await started({ description: "x" });
    expect((await links(asked.reference))[0].description).toBe(asked.reference);
    const bodies: Record<string, unknown>[] = [];
    const reply = { payload: { payment_link: "LNK_1", url: "https://checkout.bold.co/LNK_1" }, errors: [] };
    await answering(200, reply, (provider) => provider.start(payment({ returnUrl: "https://shop.example/back" })), bodies);
    expect(bodies[0]).toMatchObject({ callback_url: "https://shop.example/back", amount: { total_amount: 85_000 } });
    await expect(connect().start(payment({ reference: "a b" }))).rejects.toMatchObject({ kind: "refused" });
  });

  test("after a crash between link and row there are two links of one reference: whichever is paid, both approvals are found", async () => {
    const { asked, page: lost } = await started();
    const second = await connect().start(asked);
    expect(second.providerPaymentId).not.toBe(lost.providerPaymentId);
    const known = { reference: asked.reference, providerPaymentId: second.providerPaymentId, currency: "COP" };
    await payer.pay(lost.checkoutUrl, "approve");
    expect((await connect().findCharges(known)).charges).toMatchObject([{ state: "approved", amountMinor: 8_500_000 }]);
    await payer.pay(second.checkoutUrl, "approve");
    expect((await connect().findCharges(known)).charges.map(({ state }) => state)).toEqual(["approved", "approved"]);
  });

  test("a link that was made although 500 was answered is paid and found by its reference alone", async () => {
    await turn({ failAfterEffect: 1 });
    const asked = payment();
    await expect(connect().start(asked)).rejects.toMatchObject({ kind: "unreachable", retriable: true });
    const [link] = await links(asked.reference);
    await payer.pay(`${world.url}/bold/pay/${link.id}`, "approve");
    const known = { reference: asked.reference, providerPaymentId: null, currency: "COP" };
    expect((await connect().findCharges(known)).charges).toMatchObject([{ state: "approved" }]);
  });

  test("rejected, then approved on the same link: two charges, and the page takes money again in between", async () => {
    const { page, known } = await started();
    await payer.pay(page.checkoutUrl, "decline_and_stay");
    expect(await connect().findCharges(known)).toMatchObject({ charges: [{ state: "declined" }], unreadable: [] });
    await payer.pay(page.checkoutUrl, "approve");
    const { charges } = await connect().findCharges(known);
    expect(charges.map(({ state }) => state).toSorted()).toEqual(["approved", "declined"]);
  });

  test("a try that failed has no webhook, and the voucher tells of it", async () => {
    const { page, known } = await started();
    await payer.pay(page.checkoutUrl, "error");
    expect(deliveriesOf(world)).toEqual([]);
    expect((await connect().findCharges(known)).charges).toMatchObject([{ state: "error", providerStatus: "FAILED" }]);
  });

  test("a link whose end has passed is a no only once it says EXPIRED", async () => {
    const { known } = await started({ expiresAt: new Date(Date.now() - 60_000) });
    expect(await connect().findCharges(known)).toEqual({ charges: [], unreadable: [] });
    const link = { reference: known.reference, status: "ACTIVE", is_sandbox: true, expiration_date: (Date.now() - 60_000) * 1e6 };
    for (const status of ["ACTIVE", "REJECTED", "PROCESSING"])
      await answering(200, { ...noMoney, ...link, status }, async (provider) => {
        const found = await provider.findCharges({ ...known, providerPaymentId: "LNK_1" });
        expect(found).toEqual({ charges: [], unreadable: [{ providerChargeId: null, why: "the link is still open" }] });
      });
  });

  test.each(["plain", "payload"])("a link is read %s", async (linkShape) => {
    await turn({ linkShape });
    const { page, known } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    expect((await connect().findCharges(known)).charges).toMatchObject([{ state: "approved" }]);
  });

  test("a link of the other environment makes its charges foreign", async () => {
    const { page, known } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    expect((await connect().findCharges(known)).charges[0]).not.toHaveProperty("foreign");
    await turn({ isSandbox: "other" });
    expect((await connect().findCharges(known)).charges).toMatchObject([{ foreign: "environment" }]);
    await turn({ isSandbox: "as_mode" });
    expect((await connect("production").findCharges(known)).charges).toMatchObject([{ foreign: "environment" }]);
  });

  test("a tip is told beside the amount, by the webhook, the notifications, the voucher and the link", async () => {
    const { page, known } = await started();
    const linkId = new URL(page.checkoutUrl).pathname.split("/").at(-1) ?? "";
    await world.press("/bold/pay", { link: linkId, outcome: "approve", tip: 5000 });
    const money = { amountMinor: 8_500_000, tipMinor: 500_000 };
    const [charge] = (await connect().findCharges(known)).charges;
    expect(charge).toMatchObject(money);
    expect(bold.signedCharge(Buffer.from(only(deliveriesOf(world)).rawBody).toString())).toMatchObject(money);
    const voucher = { payment_status: "APPROVED", transaction_id: "T1", total: 90_000, subtotal: 85_000, notifications: [] };
    await answering(200, voucher, async (provider) => {
      const found = await provider.findCharges({ reference: "R-1", providerPaymentId: null, currency: "COP" });
      expect(found.charges).toMatchObject([{ ...money, state: "approved" }]);
    });
    const link = { status: "PAID", is_sandbox: true, transaction_id: "T2", total: 90_000, subtotal: 85_000, reference: "R-1" };
    await answering(200, { ...noMoney, ...link }, async (provider) => {
      const found = await provider.findCharges({ reference: "R-1", providerPaymentId: "LNK_1", currency: "COP" });
      expect(found.charges).toMatchObject([{ ...money, providerChargeId: "T2" }]);
    });
  });

  test("a voucher that cannot be read holds back no money that is seen elsewhere, and is no answer otherwise", async () => {
    const { page, known } = await started();
    const broken = { apiUrl: `${world.url}/bold/api`, lookupUrl: `${world.url}/nowhere`, isTest: true };
    const api = { ...broken, identityKey: account.credentials["identityKey"] ?? "" };
    await expect(findCharges(api, known)).rejects.toMatchObject({ kind: "refused" });
    await payer.pay(page.checkoutUrl, "approve");
    expect(await findCharges(api, known)).toMatchObject({ charges: [{ state: "approved" }], unreadable: [{ providerChargeId: null }] });
  });

  test("notifications as in the older sample, with `franchise` and without a currency, are read all the same", async () => {
    await turn({ notificationShape: "sample" });
    const { page, known } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    expect(await connect().findCharges(known)).toMatchObject({ charges: [{ state: "approved", currency: "COP" }], unreadable: [] });
  });

  test("an event without a reference names its payment, which is asked for by its id and found by the link", async () => {
    await turn({ referenceInEvent: "null" });
    const { page, known } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    const event = verify(only(deliveriesOf(world)), "test");
    expect(event).toMatchObject({ isAboutCharge: true, isApproval: true, reference: null });
    const id = event?.providerChargeId ?? "";
    expect(await connect().findCharge(id)).toMatchObject({ providerChargeId: id, reference: id, state: "approved" });
    expect((await connect().findCharges(known)).charges).toMatchObject([{ providerChargeId: id, reference: known.reference }]);
  });

  test("a void days later is told, found, and ends the charge", async () => {
    const { page, known } = await started();
    const { chargeIds } = await payer.pay(page.checkoutUrl, "approve");
    deliveriesOf(world);
    await world.press("/clock/advance", { seconds: 3 * 86_400 });
    await payer.decide(chargeIds[0], "voided");
    const delivery = only(deliveriesOf(world));
    expect(verify(delivery, "test")).toMatchObject({ eventKind: "VOID_APPROVED", isApproval: false, providerChargeId: chargeIds[0] });
    expect(bold.signedCharge(Buffer.from(delivery.rawBody).toString())).toMatchObject({ state: "voided" });
    expect((await connect().findCharges(known)).charges).toMatchObject([{ state: "voided", providerChargeId: chargeIds[0] }]);
  });

  test("the empty key proves something only in test mode, and only where no other connection can be meant", async () => {
    const { page } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    const delivery = only(deliveriesOf(world));
    expect(delivery.headers.get("x-bold-signature")).toBe(boldSignature(delivery.rawBody, ""));
    expect(verify(delivery, "test")).not.toBeNull();
    expect(verify(delivery, "production")).toBeNull();
    expect(verify(delivery)).toBeNull();
    expect(verify(delivery, "test", false)).toBeNull();
    const headers = new Headers({ "x-bold-signature": boldSignature(delivery.rawBody, account.credentials["secretKey"] ?? "") });
    expect(verify({ ...delivery, headers }, "production", false)).not.toBeNull();
  });

  test("nanoseconds that a double cannot hold do not spoil the signature", async () => {
    const { page } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    const delivery = only(deliveriesOf(world));
    const text = Buffer.from(delivery.rawBody).toString();
    expect(text).toMatch(/"time":\d{19},/);
    expect(JSON.stringify(JSON.parse(text))).not.toBe(text);
    expect(verify(delivery, "test")).not.toBeNull();
    expect(verify({ ...delivery, rawBody: Buffer.from(JSON.stringify(JSON.parse(text))) }, "test")).toBeNull();
  });

  test("a retry under another id is another event about the same fact", async () => {
    await turn({ retryIds: "new" });
    world.receiver.answers.push(500);
    const { page } = await started();
    await payer.pay(page.checkoutUrl, "approve");
    await world.press("/clock/advance", { seconds: 901 });
    const [first, again] = deliveriesOf(world);
    if (!first || !again) throw new Error("the retry did not come");
    const [one, two] = [verify(first, "test"), verify(again, "test")];
    expect(two?.eventKey).not.toBe(one?.eventKey);
    expect({ ...two, eventKey: "" }).toEqual({ ...one, eventKey: "" });
  });

  test("a void that was rejected, or a word that is no sale, proves nothing about money", () => {
    const event = (type: string) => JSON.stringify({ id: "1", type, subject: "T", data: { payment_id: "T", amount: { total: 1 } } });
    expect(bold.signedCharge(event("VOID_REJECTED"))).toBeNull();
    expect(bold.signedCharge(event("LINK_CREATED"))).toBeNull();
    expect(bold.signedCharge(event("SALE_IN_REVIEW"))).toMatchObject({ state: "pending" });
  });

  test("nothing goes back by API", async () => {
    const request = {
      payment: null,
      providerChargeId: "T",
      amountMinor: 1,
      currency: "COP",
      idempotencyKey: "k",
      method: "refund",
    } as const;
    expect(await connect().refund(request)).toMatchObject({ result: "refused", detail: "no_refund_api" });
  });

  test("the connection test names the key that is wrong, and tells what the account takes", async () => {
    expect(await connect().test()).toEqual({
      ok: true,
      detail: "ok",
      refused: null,
      proven: ["identityKey"],
      unproven: ["secretKey"],
      amounts: { COP: { minMinor: 100_000, maxMinor: 1_000_000_000, stepMinor: 100 } },
    });
    const wrong = { ...account.credentials, identityKey: "some-other-key" };
    expect(await connect("test", wrong).test()).toMatchObject({ ok: false, detail: "identity_key_refused", refused: "identityKey" });
    expect(() => connect("test", { identityKey: "" })).toThrow(/incomplete/);
  });
});

/** What voucher and notifications say before anybody pays, in one body. */
const noMoney = { payment_status: "NO_TRANSACTION_FOUND", notifications: [] };

/** A service that always answers this. */
async function answering(
  status: number,
  body: unknown,
  look: (provider: PaymentProvider) => Promise<unknown>,
  bodies: unknown[] = [],
): Promise<void> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (chunks.length > 0) bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  await look(bold.create({ identityKey: "identity-key", secretKey: "secret-key" }, "test", { apiUrl, checkoutUrl: apiUrl }));
  server.closeAllConnections();
  server.close();
}
