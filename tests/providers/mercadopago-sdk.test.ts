import { createRequire } from "node:module";
import { MercadoPagoConfig, Payment, PaymentRefund, Preference, User, WebhookSignatureValidator } from "mercadopago";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAccountOfItsOwn } from "./mercadopago-stage.ts";
import { only } from "./payment-suite.ts";
import { deliveriesOf, mercadopagoCredentials } from "./world.ts";

// The official package, as another reader of the same contract. It can be pointed elsewhere only
// by this constant: https://github.com/mercadopago/sdk-nodejs/pull/423
const { AppConfig } = createRequire(import.meta.url)("mercadopago/dist/utils/config") as { AppConfig: { BASE_URL: string } };
const usual = AppConfig.BASE_URL;

let own: Awaited<ReturnType<typeof openAccountOfItsOwn>>;
beforeAll(async () => {
  own = await openAccountOfItsOwn();
  AppConfig.BASE_URL = `${own.world.url}/mercadopago/api`;
});
afterAll(async () => {
  AppConfig.BASE_URL = usual;
  await own.world.stop();
});

const config = new MercadoPagoConfig({ accessToken: mercadopagoCredentials.accessToken, options: { timeout: 5000 } });

test("the official package reads the page that our adapter opened", async () => {
  const { payment, known, checkoutUrl } = await own.start({ sessionToken: "sess_1" });
  const preference = await new Preference(config).get({ preferenceId: known.providerPaymentId ?? "" });
  expect(preference).toMatchObject({
    id: known.providerPaymentId,
    external_reference: payment.reference,
    init_point: checkoutUrl,
    binary_mode: true,
    expires: true,
    metadata: { session_token: "sess_1" },
  });
  expect(preference.items?.[0]).toMatchObject({ unit_price: 85_000, currency_id: "COP" });
  expect((await new User(config).get()).site_id).toBe("MCO");
});

test("what it finds by reference, and refunds with our key, is what our adapter sees", async () => {
  const { payment, id, request, fact } = await own.paid();
  const found = await new Payment(config).search({ options: { external_reference: payment.reference } });
  expect(found.results).toMatchObject([{ id: Number(id), status: "approved", transaction_amount: 85_000 }]);
  const requestOptions = { idempotencyKey: request.idempotencyKey };
  const refund = await new PaymentRefund(config).create({ payment_id: id, body: { amount: 85_000 }, requestOptions });
  expect(await own.provider.refund(request)).toMatchObject({ result: "accepted", providerRefundId: String(refund.id) });
  expect((await fact())?.refunds).toHaveLength(1);
});

test("a ticket that it creates the way we do is cancelled by it, and we see that", async () => {
  const { id, fact } = await own.paid("pending");
  await new Payment(config).cancel({ id, requestOptions: { idempotencyKey: "cancel-1" } });
  expect(await fact()).toMatchObject({ state: "cancelled" });
});

/** What an earlier test has caused may still come in between. */
const noticesOf = (id: string) => deliveriesOf(own.world).filter(({ rawBody }) => Buffer.from(rawBody).includes(id));

test("it accepts the signature of every notice that the simulator signs, and no forged one", async () => {
  const validate = (secret: string) => {
    for (const { headers, url } of notices) {
      const xSignature = headers.get("x-signature");
      const xRequestId = headers.get("x-request-id");
      WebhookSignatureValidator.validate({ xSignature, xRequestId, dataId: url.searchParams.get("data.id"), secret });
    }
  };
  const { id } = await own.paid("pending");
  await own.payer.decide(id, "approved");
  await own.payer.moneyBack?.dispute?.(id, "dispute");
  let notices = noticesOf(id);
  expect(notices).toHaveLength(3);
  validate(mercadopagoCredentials.webhookSecret);
  expect(() => validate("somebody else's")).toThrow();
  await own.payer.tellAgain(id, { signature: "wrong" });
  notices = [only(noticesOf(id))];
  expect(() => validate(mercadopagoCredentials.webhookSecret)).toThrow();
});
