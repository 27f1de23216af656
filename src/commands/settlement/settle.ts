import type { ChargeFact, KnownPayment, PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { inSpan } from "#platform/spans.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { settleCharge } from "./settle-charge.ts";

/** `named`: what the provider has just said of one charge, asked for by its id. */
export type SettleInput = { tenantId: string; connectionId: string; payment: KnownPayment; named?: ChargeFact | null };
/** `charges`: what the provider told. `matched`: whether a payment of ours has the reference. */
export type Settled = { charges: ChargeFact[]; matched: boolean };

/**
 * The one way from "the provider may have something" to "it is settled": for webhook, return page, poll and operator alike.
 * Asks the provider for every charge under our reference, outside any transaction, and settles each in its own. The same
 * settle a hundred times changes nothing more. Throws ProviderFailure when the provider does not answer, and also, after all
 * that could be read is settled, when a part of its answer could not: silence of a part is no "there is nothing".
 */
export async function settle(input: SettleInput): Promise<Settled> {
  const { failure, ...settled } = await settleReadable(input);
  if (failure) throw failure;
  return settled;
}

/** The same for who knows already what it looks for: `failure` is told beside what was settled. */
export function settleReadable(input: SettleInput): Promise<Settled & { failure: ProviderFailure | null }> {
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

/** Settles what is known already, each charge in a transaction of its own. */
export async function settleFacts(place: Place, charges: ChargeFact[]): Promise<Settled> {
  if (charges.length === 0) return { charges, matched: await isKnown(place) };
  // Failures first: when one reference was declined and then approved, the approval has the last word.
  const failuresFirst = charges.toSorted((a, b) => Number(a.state === "approved") - Number(b.state === "approved"));
  for (const [index, fact] of failuresFirst.entries()) {
    if (index > 0) crashPoint("one charge settled, the others not");
    const isOurs = await settleCharge({ tenantId: place.tenantId, connectionId: place.connectionId, fact });
    if (!isOurs) return { charges, matched: false };
  }
  return { charges, matched: true };
}

async function isKnown({ tenantId, connectionId, reference }: Place): Promise<boolean> {
  const found = await inTenant(tenantId, (tx) =>
    tx.selectFrom("payment").select("id").where("reference", "=", reference).where("connection_id", "=", connectionId).executeTakeFirst(),
  );
  return found !== undefined;
}
