import { beforeAll, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { rotateCallbackSecret } from "#commands/connections/rotate-callback-secret.ts";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { operations } from "#contracts/operations/index.ts";
import type { Operation } from "#contracts/operations/operation.ts";
import { credentialFields } from "#providers/credentials.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import type { Shop } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask } from "../request.ts";

const stage = prepareShopStage();
let clinic: Shop;
let headers: { authorization: string };
/** Everything that must not leave, and was stored or sent at any time. */
let secrets: string[];

const secretNames = credentialFields(paymentProvider(testedProvider.id)?.credentialShape ?? newConnection)
  .filter(({ isSecret }) => isSecret)
  .map(({ name }) => name);
const secretsIn = (keys: Readonly<Record<string, string>>) => secretNames.map((name) => keys[name] ?? "");
/** Long ones, as real secrets are: only those show their end. */
const longKeys = () => Object.fromEntries(Object.entries(testedProvider.newCredentials()).map(([name, key]) => [name, `${key}_and_more`]));

beforeAll(async () => {
  clinic = await stage.openShop();
  headers = await merchantKey(stage, clinic.tenantId);
  const { tenantId, connectionId } = clinic;
  const own = clinic.account.credentials;
  const rotated = { privateKey: "prv_test_rotated_to_something_long" };
  const other = longKeys();
  await updateConnection({ caller, input: { tenantId, connectionId, changes: { credentials: rotated } } });
  await updateConnection({ caller, input: { tenantId, connectionId, changes: { credentials: own } } });
  const wish = newConnection.parse({ kind: "payment", provider: testedProvider.id, credentials: other });
  await createConnection({ caller, input: { ...wish, tenantId, isActiveIfAlone: true } });
  const { hmacSecret, webhookSecret } = await rotateCallbackSecret({ caller, input: { tenantId } });
  const ofCallbacks = [clinic.callback.hmacSecret, clinic.callback.webhookSecret, hmacSecret, webhookSecret];
  const key = headers.authorization.slice("Bearer ".length);
  secrets = [...secretsIn(own), rotated.privateKey, ...secretsIn(other), ...ofCallbacks, "daily_demo_key", key];
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "confirmed" }));
  await stage.addDiscount(clinic, { code: "DIEZ", percent: 10 });
  const order = await stage.reachOrder(clinic);
  await stage.pay(order.checkoutUrl, "approve");
  await stage.orderReaches(order, { isProcessed: true });
});

const listed: readonly Operation[] = operations;
const reads = listed.filter(({ methods, callers }) => methods.includes("get") && callers.includes("api_key"));

/** One id or no query is not enough for these. They answer mails as sent, files, two customers, an inquiry, a name, a week. */
const needMore = [
  "/api/bookings/{id}/mails/{followUp}",
  "/api/calendar",
  "/api/customers/{id}/merge/{other}",
  "/api/disputes/{id}/evidence",
  "/api/first-run/mails/{id}/{mail}",
  "/api/orders/{id}/mails/{followUp}",
  "/api/payment-inquiries/{id}",
  "/api/refund-cases/{id}/proofs/{proof}",
  "/api/tenant/subdomain",
];

test("no answer of any read holds a secret, whatever row it is asked for", async () => {
  const { rows } = await stage.owner.query<{ id: string }>(
    `select id from connection where tenant_id = $1 union select id from service where tenant_id = $1
     union select id from professional where tenant_id = $1 union select id from booking_link where tenant_id = $1
     union select id from checkout where tenant_id = $1 union select id from customer where tenant_id = $1
     union select id from product where tenant_id = $1 union select id from variant where tenant_id = $1
     union select id from discount where tenant_id = $1`,
    [clinic.tenantId],
  );
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  const unanswered = new Set(reads.map(({ path }) => path));
  for (const { path } of reads)
    for (const id of path.includes("{") ? rows.map((row) => row.id) : [""]) {
      const { status, text } = await ask(stage, path.replaceAll(/\{\w+\}/g, id), { headers });
      if (status === 200) unanswered.delete(path);
      for (const secret of secrets) expect(text.includes(secret), path).toBe(false);
    }
  expect([...unanswered].toSorted()).toEqual(needMore.toSorted());
});

test("no event holds one, neither before nor after", async () => {
  const { rows } = await stage.owner.query<{ event: string }>("select to_jsonb(e)::text as event from event e where tenant_id = $1", [
    clinic.tenantId,
  ]);
  expect(rows.length).toBeGreaterThan(4);
  for (const { event } of rows) for (const secret of secrets) expect(event.includes(secret)).toBe(false);
});
