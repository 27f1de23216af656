import type { ChargeFact, KnownPayment, PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { inSpan } from "#platform/tracing/spans.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { keepPayouts } from "./keep-payouts.ts";
import { settleCharge } from "./settle-charge.ts";

/** `named` is a charge that the provider has just shown, asked for by its id. */
export type SettleInput = { tenantId: string; connectionId: string; payment: KnownPayment; named?: ChargeFact | null };
/** `charges` is what the provider said. `matched`: one of our payments has the reference. */
export type Settled = { charges: ChargeFact[]; matched: boolean };

/**
 * The one way to settle, for webhook, return page, poll and operator. Asks the provider for every
 * charge under our reference, outside any transaction. Safe to repeat. `failure` is set if a part
 * of the answer could not be read; the rest is settled. Throws if the provider does not answer.
 */
export function settle(input: SettleInput): Promise<Settled & { failure: ProviderFailure | null }> {
  return inSpan({ name: "settle" }, async () => {
    const provider = await connectedProvider(input);
    crashPoint("event taken up, provider not asked");
    const { charges, failure } = await lookUp(provider, input);
    crashPoint("provider asked, nothing settled");
    return { ...(await settleFacts({ ...input, reference: input.payment.reference }, charges)), failure };
  });
}

async function lookUp(provider: PaymentProvider, { payment, named, ...place }: SettleInput) {
  const found = await provider.findCharges(payment).catch((error: unknown) => {
    if (error instanceof ProviderFailure && named) return error;
    throw error;
  });
  if (found instanceof ProviderFailure) return { charges: named ? [named] : [], failure: found };
  const { charges, unreadable } = found;
  const isShown = charges.some((charge) => charge.providerChargeId === named?.providerChargeId && charge.state === named.state);
  const told = named && !isShown ? [...charges, named] : charges;
  if (unreadable.length === 0) return { charges: told, failure: null };
  metrics().unreadableRows.inc({ provider: provider.id }, unreadable.length);
  logger().warn({ ...place, provider: provider.id, reference: payment.reference, rows: unreadable.slice(0, 10) }, "unreadable charges");
  const message = `${unreadable.length} of the charges cannot be read: ${unreadable[0]?.why}`;
  return { charges: told, failure: new ProviderFailure({ provider: provider.id, kind: "unexpected_reply", message }) };
}

type Place = { tenantId: string; connectionId: string; reference: string };

/** Settles known charges, each in its own transaction. */
export async function settleFacts(place: Place, charges: ChargeFact[]): Promise<Settled> {
  if (charges.length === 0) return { charges, matched: await isKnown(place) };
  // Failures first: if a reference was declined and then approved, the approval wins.
  const failuresFirst = charges.toSorted((a, b) => Number(a.state === "approved") - Number(b.state === "approved"));
  for (const [index, fact] of failuresFirst.entries()) {
    if (index > 0) crashPoint("one charge settled, the others not");
    const isOurs = await settleCharge({ tenantId: place.tenantId, connectionId: place.connectionId, fact });
    if (!isOurs) return { charges, matched: false };
  }
  await keepPayouts(place, charges);
  return { charges, matched: true };
}

async function isKnown({ tenantId, connectionId, reference }: Place): Promise<boolean> {
  const found = await inTenant(tenantId, (tx) =>
    tx.selectFrom("payment").select("id").where("reference", "=", reference).where("connection_id", "=", connectionId).executeTakeFirst(),
  );
  return found !== undefined;
}
