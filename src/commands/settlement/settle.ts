import type { ChargeFact, KnownPayment } from "#domain/payment-provider.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { inSpan } from "#platform/spans.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { settleCharge } from "./settle-charge.ts";

export type SettleInput = { tenantId: string; connectionId: string; payment: KnownPayment };
/** `charges` is what the provider said. `matched`: one of our payments has the reference. */
export type Settled = { charges: ChargeFact[]; matched: boolean };

/**
 * The one way to settle, for webhook, return page, poll and operator. Asks the provider for every
 * charge under our reference, outside any transaction. Safe to repeat. Throws ProviderFailure if
 * the provider does not answer.
 */
export function settle(input: SettleInput): Promise<Settled> {
  return inSpan({ name: "settle" }, async () => {
    const provider = await connectedProvider(input);
    crashPoint("event taken up, provider not asked");
    const charges = await provider.findCharges(input.payment);
    crashPoint("provider asked, nothing settled");
    return settleFacts({ ...input, reference: input.payment.reference }, charges);
  });
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
  return { charges, matched: true };
}

async function isKnown({ tenantId, connectionId, reference }: Place): Promise<boolean> {
  const found = await inTenant(tenantId, (tx) =>
    tx.selectFrom("payment").select("id").where("reference", "=", reference).where("connection_id", "=", connectionId).executeTakeFirst(),
  );
  return found !== undefined;
}
