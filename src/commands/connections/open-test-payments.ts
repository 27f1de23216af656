import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { limitsOf } from "#domain/choice/payment-offers.ts";
import { inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { newId } from "#platform/ids.ts";
import type { PaymentProviderDefinition, TestAccount } from "#providers/payments/definition.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";
import { loadSold } from "#queries/merchant/sold.ts";
import { createConnection } from "./create-connection.ts";

type Open = { caller: Caller; input: { tenantId: string } };

/**
 * Opens an account at a simulated provider that fits the merchant, and connects it. Repeated, it
 * opens the connected one again: a simulator that was started anew knows nobody. Refuses:
 * test_payments_off, amount_not_payable.
 */
export async function openTestPayments({ caller, input: { tenantId } }: Open): Promise<void> {
  const simulatorsUrl = env().SIMULATORS_URL;
  if (!simulatorsUrl) throw new Refusal("test_payments_off");
  const { testAccount, id: provider } = await simulatedFor(tenantId);
  const connections = await inTenant(tenantId, (tx) =>
    tx.selectFrom("connection").select(["id", "provider", "mode"]).where("kind", "=", "payment").where("is_active", "=", true).execute(),
  );
  if (connections.some(({ mode }) => mode === "production")) throw new Refusal("test_payments_off");
  const known = connections.find((each) => each.provider === provider);
  const connectionId = known?.id ?? newId();
  const webhookUrl = `${env().APP_URL}/api/webhooks/${provider}/${connectionId}`;
  if (known) {
    const { credentials } = await readCredentials({ tenantId, connectionId });
    return testAccount.open({ simulatorsUrl, credentials, webhookUrl });
  }
  const credentials = testAccount.newCredentials();
  await testAccount.open({ simulatorsUrl, credentials, webhookUrl });
  await createConnection({ caller, input: { tenantId, id: connectionId, kind: "payment", provider, mode: "test", credentials } });
}

type Simulated = { id: string; testAccount: TestAccount };

/**
 * The first simulated provider that takes what the merchant sells, where they are; their own
 * currency counts while nothing has a price. Refuses: test_payments_off, amount_not_payable.
 */
async function simulatedFor(tenantId: string): Promise<Simulated> {
  const { country, currency, services } = await loadSold(tenantId);
  const sold = services.length > 0 ? services : [{ currency }];
  const simulated = Object.values(paymentProviders).filter(({ testAccount }) => testAccount);
  if (simulated.length === 0) throw new Refusal("test_payments_off");
  const fits = ({ capabilities }: PaymentProviderDefinition) =>
    (capabilities.countries?.includes(country) ?? true) &&
    sold.some((each) => limitsOf({ capabilities, limits: {} }, each.currency) !== null);
  const first = simulated.find(fits) ?? (services.length === 0 ? simulated[0] : undefined);
  if (!first?.testAccount) throw new Refusal("amount_not_payable");
  return { id: first.id, testAccount: first.testAccount };
}
