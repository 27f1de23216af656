import { Refusal } from "#contracts/problem.ts";
import { type PaymentCapabilities, takesAmount } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { freeProvider, onSiteProvider, ownProviders, paymentProvider } from "#providers/payments/registry.ts";
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
  if (!found || ownProviders.includes(found.provider)) throw new Refusal("provider_not_offered");
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

/** Of the money that a reception takes. Made on first use, and never offered to a customer. */
export async function deskConnection(tx: Tx, tenantId: string): Promise<PaymentConnection> {
  const id = await findDeskConnection(tx);
  if (id) return { id, provider: onSiteProvider };
  const made = newId();
  const credentials = encryptSecret("null", secretContext({ tenantId, connectionId: made }));
  await tx
    .insertInto("connection")
    .values({ tenant_id: tenantId, id: made, kind: "desk", provider: onSiteProvider, mode: "production", credentials, is_active: false })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Of two first ones at once, one was made.
  const stands = await findDeskConnection(tx);
  if (!stands) throw new Error("the desk's connection was not made");
  return { id: stands, provider: onSiteProvider };
}

async function findDeskConnection(tx: Tx): Promise<string | undefined> {
  return (await tx.selectFrom("connection").select("id").where("kind", "=", "desk").executeTakeFirst())?.id;
}

/**
 * Some provider that is offered takes this amount. Refuses: provider_not_offered,
 * amount_not_payable.
 */
export async function requireSomeProvider(tx: Tx, money: { amountMinor: number; currency: string }): Promise<void> {
  const offered = await tx
    .selectFrom("connection")
    .select("provider")
    .where("kind", "=", "payment")
    .where("is_active", "=", true)
    .where("provider", "not in", ownProviders)
    .execute();
  if (offered.length === 0) throw new Refusal("provider_not_offered");
  if (!offered.some(({ provider }) => isPayable(provider, money))) throw new Refusal("amount_not_payable");
}

/** Refuses: provider_not_offered, amount_not_payable. */
export function requirePayable(providerId: string, money: { amountMinor: number; currency: string }): PaymentCapabilities {
  const capabilities = paymentProvider(providerId)?.capabilities;
  if (!capabilities) throw new Refusal("provider_not_offered");
  if (providerId === freeProvider && money.amountMinor === 0) return capabilities;
  if (!isPayable(providerId, money)) throw new Refusal("amount_not_payable");
  return capabilities;
}

function isPayable(providerId: string, money: { amountMinor: number; currency: string }): boolean {
  const capabilities = paymentProvider(providerId)?.capabilities;
  return capabilities !== undefined && takesAmount(capabilities, money);
}
