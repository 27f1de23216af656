import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { freeProvider } from "#providers/payments/registry.ts";
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
 * A free checkout needs no account. Its connection has the tenant's own id and is created on first
 * use. It is not active, so it is never offered.
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
