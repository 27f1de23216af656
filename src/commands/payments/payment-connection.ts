import { Refusal } from "#contracts/problem.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { freeProvider, paymentProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";

export type PaymentConnection = { id: string; provider: string };
type Wanted = { tenantId: string; provider: string | undefined; amountMinor: number };

/** The tenant's connection, or the free one if nothing is due. Refuses: provider_not_offered. */
export async function findPaymentConnection(tx: Tx, { tenantId, provider, amountMinor }: Wanted): Promise<PaymentConnection> {
  if (amountMinor === 0) return freeConnection(tx, tenantId);
  const found = await tx
    .selectFrom("connection")
    .select(["id", "provider"])
    .where("kind", "=", "payment")
    .where("provider", "=", provider ?? "")
    .where("is_active", "=", true)
    .orderBy("created_at")
    .executeTakeFirst();
  if (!found || found.provider === freeProvider) throw new Refusal("provider_not_offered");
  return found;
}

/**
 * A free checkout needs no account. Its connection is made on first use, with the tenant's id, and
 * is never offered, because it is not active.
 */
async function freeConnection(tx: Tx, tenantId: string): Promise<PaymentConnection> {
  const credentials = encryptSecret("null", secretContext({ tenantId, connectionId: tenantId }));
  await tx
    .insertInto("connection")
    .values({ tenant_id: tenantId, id: tenantId, kind: "payment", provider: freeProvider, credentials, is_active: false })
    .onConflict((conflict) => conflict.columns(["tenant_id", "id"]).doNothing())
    .execute();
  return { id: tenantId, provider: freeProvider };
}

/** Refuses: provider_not_offered, amount_not_payable. */
export function requirePayable(providerId: string, money: { amountMinor: number; currency: string }): PaymentCapabilities {
  const capabilities = paymentProvider(providerId)?.capabilities;
  if (!capabilities) throw new Refusal("provider_not_offered");
  if (providerId === freeProvider && money.amountMinor === 0) return capabilities;
  const fits =
    capabilities.currencies.includes(money.currency) &&
    money.amountMinor >= capabilities.amountMinorMin &&
    money.amountMinor % capabilities.amountMinorStep === 0;
  if (!fits) throw new Refusal("amount_not_payable");
  return capabilities;
}
