import type { ChargeFact } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { systemDb } from "#platform/db.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { connectedProvider } from "../connections/connected-provider.ts";

/** Where the payment under a reference is paid. All fields are null if there is none. */
export type PaymentPlace = { payment_connection_id: string | null; provider_payment_id: string | null; currency: string | null };

type Looked = { fact: ChargeFact | null; connectionId: string; failure: ProviderFailure | null };

/**
 * Asks for the charge that an event names by its id: first as the connection of the payment under
 * the event's reference, then as the one that received the event. Whoever knows it has it on their
 * account. Returns an answer that cannot be read as `failure`: the search may show the charge.
 */
export async function lookAtNamed(row: InboxEventRow & PaymentPlace): Promise<Looked> {
  const connectionIds = new Set([row.payment_connection_id ?? row.connection_id, row.connection_id]);
  const looked: Looked = { fact: null, connectionId: row.connection_id, failure: null };
  if (row.provider_charge_id === null) return looked;
  for (const connectionId of connectionIds) {
    try {
      const provider = await connectedProvider({ tenantId: row.tenant_id, connectionId });
      const fact = await provider.findCharge(row.provider_charge_id);
      if (fact) return { fact, connectionId, failure: null };
    } catch (error) {
      if (!(error instanceof ProviderFailure) || error.kind !== "unexpected_reply") throw error;
      looked.failure = error;
    }
  }
  return looked;
}

/**
 * Keeps with the event whose charge it is, if its signature left that open and the provider's
 * answer says it: the events of some providers carry an id and nothing else. From then on the event
 * is found by its reference. One whose charge was not known yet has waited under the charge's id.
 */
export async function rememberNamed(row: InboxEventRow & PaymentPlace, { reference }: ChargeFact): Promise<void> {
  if (!reference || reference === row.reference) return;
  if (row.reference !== null && row.reference !== row.provider_charge_id) return;
  await systemDb()
    .updateTable("inbox_event")
    .set({ reference })
    .where("tenant_id", "=", row.tenant_id)
    .where("id", "=", row.id)
    .where("reference", "is not distinct from", row.reference)
    .execute();
}

/** By the reference that the provider names. It usually is that of the event. */
export async function placeOfPayment(row: InboxEventRow & PaymentPlace, reference: string): Promise<PaymentPlace | undefined> {
  if (reference === row.reference) return row;
  return systemDb()
    .selectFrom("payment")
    .select(["connection_id as payment_connection_id", "provider_payment_id", "currency"])
    .where("tenant_id", "=", row.tenant_id)
    .where("reference", "=", reference)
    .executeTakeFirst();
}
