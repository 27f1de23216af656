import type { ChargeFact } from "#domain/payment-provider.ts";
import { hasBeenApproved } from "#domain/payment-states.ts";
import { inTenant, systemDb } from "#platform/db.ts";
import { isOurReference } from "#platform/ids.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { pollPaymentNow } from "../payments/schedule-poll.ts";

/**
 * Returns true for a sale that the merchant made elsewhere: in their own shop, or at another
 * merchant of ours with the same account, whose payment is then polled at once. Such a sale is
 * listed and never touched. `meant` is the charge as the provider's API shows it.
 */
export async function isNotOurs(row: InboxEventRow, { reference, meant }: { reference: string; meant: ChargeFact | undefined }) {
  if (!isOurReference(reference)) return meant !== undefined && hasBeenApproved(meant.state);
  const owner = await systemDb()
    .selectFrom("payment")
    .select(["tenant_id as tenantId", "id as paymentId"])
    .where("reference", "=", reference)
    .where("tenant_id", "<>", row.tenant_id)
    .executeTakeFirst();
  if (owner) await inTenant(owner.tenantId, (tx) => pollPaymentNow(tx, owner));
  return owner !== undefined;
}

/** Returns false for an event without a reference, which waits under its charge's id. */
export function isForeignReference(row: InboxEventRow, reference: string): boolean {
  return reference !== row.provider_charge_id && !isOurReference(reference);
}
