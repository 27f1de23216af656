import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { newId } from "#platform/ids.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";
import { createConnection } from "./create-connection.ts";

type Open = { caller: Caller; input: { tenantId: string } };

/**
 * Opens an account at the simulated provider and connects it. Repeated, it opens the connected one
 * again: a simulator that was started anew knows nobody. Refuses: test_payments_off,
 * amount_not_payable.
 */
export async function openTestPayments({ caller, input: { tenantId } }: Open): Promise<void> {
  const simulatorsUrl = env().SIMULATORS_URL;
  const simulated = Object.values(paymentProviders).find(({ testAccount }) => testAccount);
  if (!simulatorsUrl || !simulated?.testAccount) throw new Refusal("test_payments_off");
  const { testAccount, id: provider } = simulated;
  const connections = await inTenant(tenantId, (tx) =>
    tx.selectFrom("connection").select(["id", "provider", "mode"]).where("kind", "=", "payment").where("is_active", "=", true).execute(),
  );
  if (connections.some(({ mode }) => mode === "production")) throw new Refusal("test_payments_off");
  await requirePayable(tenantId, Object.keys(simulated.capabilities.amounts));
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

/** Free services need no provider. */
async function requirePayable(tenantId: string, currencies: readonly string[]): Promise<void> {
  const priced = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("service")
      .select("currency")
      .distinct()
      .where("active", "=", true)
      .where("deleted_at", "is", null)
      .where("price_minor", ">", 0)
      .execute(),
  );
  if (priced.length > 0 && !priced.some(({ currency }) => currencies.includes(currency))) throw new Refusal("amount_not_payable");
}
