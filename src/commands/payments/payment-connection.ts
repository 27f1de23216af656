import { Refusal } from "#contracts/problem.ts";
import { type Offerable, type PaymentWish, type UnfitReason, unfitReason } from "#domain/choice/payment-offers.ts";
import { type PaymentCapabilities, takesAmount } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { freeProvider, onSiteProvider, paymentProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";
import { readOfferedConnections, readOfferedWithCountry } from "#queries/merchant/offered-connections.ts";
import { minutesUntil, offerable } from "./payment-offers.ts";

export type PaymentConnection = { id: string; provider: string };
/** What the customer chose. An id names the account itself, which the provider's id may not. */
export type Chosen = { provider: string | undefined; connectionId?: string | undefined };
type Wanted = Chosen & { tenantId: string; amountMinor: number };
/** `endsAt`: when the customer's countdown ends. */
type Due = { amountMinor: number; currency: string; endsAt: Date; now: Date };

/**
 * The chosen account if it fits; by a provider's id alone, the first of it that fits. With nothing
 * due, the free one. Refuses: provider_not_offered, amount_not_payable.
 */
export async function findPaymentConnection(tx: Tx, { tenantId, amountMinor, ...chosen }: Wanted, due?: Due): Promise<PaymentConnection> {
  if (amountMinor === 0) return freeConnection(tx, tenantId);
  const { provider, connectionId } = chosen;
  if (!due || (provider === undefined && connectionId === undefined)) throw new Refusal("provider_not_offered");
  const named = offerable(await readOfferedWithCountry(tx)).filter(
    (each) => (provider === undefined || each.provider === provider) && (connectionId === undefined || each.id === connectionId),
  );
  return requireFitting(named, { ...due, country: named[0]?.country ?? "", pageMinutes: minutesUntil(due.endsAt, due.now) });
}

/** The first one that fits. Refuses, as the first one that was named does. */
function requireFitting<Row extends Offerable>(named: readonly Row[], wish: PaymentWish): Row {
  const fitting = named.find((each) => unfitReason(each, wish) === null);
  if (fitting) return fitting;
  const [first] = named;
  const reason = first && unfitReason(first, wish);
  throw new Refusal(reason ? refusals[reason] : "provider_not_offered");
}

const refusals: Record<UnfitReason, "provider_not_offered" | "amount_not_payable"> = {
  country: "provider_not_offered",
  currency: "amount_not_payable",
  too_little: "amount_not_payable",
  too_much: "amount_not_payable",
  unused_decimals: "amount_not_payable",
  page_too_long: "provider_not_offered",
};

const countryOf = async (tx: Tx) => (await tx.selectFrom("tenant").select("country").executeTakeFirstOrThrow()).country;

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
 * Some account that is offered takes this amount. Refuses: provider_not_offered,
 * amount_not_payable.
 */
export async function requireSomeProvider(tx: Tx, { amountMinor, currency }: { amountMinor: number; currency: string }): Promise<void> {
  const wish = { amountMinor, currency, country: await countryOf(tx), pageMinutes: minutesUntil(null) };
  requireFitting(offerable(await readOfferedConnections(tx)), wish);
}

/** Refuses: provider_not_offered, amount_not_payable. */
export function requirePayable(providerId: string, money: { amountMinor: number; currency: string }): PaymentCapabilities {
  const capabilities = paymentProvider(providerId)?.capabilities;
  if (!capabilities) throw new Refusal("provider_not_offered");
  if (providerId === freeProvider && money.amountMinor === 0) return capabilities;
  if (!takesAmount(capabilities, money)) throw new Refusal("amount_not_payable");
  return capabilities;
}
