import type { ChargeFact } from "#domain/payment-provider.ts";
import { hasBeenApproved } from "#domain/payment-states.ts";
import { inTenant, systemDb } from "#platform/db.ts";
import { isOurReference } from "#platform/ids.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { pollNow } from "../payments/schedule-poll.ts";

/**
 * Whether a sale on the merchant's account was made elsewhere: in their own shop, or at another
 * merchant of ours with the same account, whose payment is then asked for at once. Such a sale is
 * listed and never touched. `meant`: what the provider's API says of the charge.
 */
export async function isNotOurs(row: InboxEventRow, { reference, meant }: { reference: string; meant: ChargeFact | undefined }) {
  if (!isOurReference(reference)) return meant !== undefined && hasBeenApproved(meant.state);
  const owner = await systemDb()
    .selectFrom("payment")
    .select(["tenant_id as tenantId", "checkout_id as checkoutId"])
    .where("reference", "=", reference)
    .where("tenant_id", "<>", row.tenant_id)
    .executeTakeFirst();
  if (owner) await inTenant(owner.tenantId, (tx) => pollNow(tx, owner));
  return owner !== undefined;
}

/** A reference that is named, and not by us. An event without any waits under its charge's id. */
export function isForeignReference(row: InboxEventRow, reference: string): boolean {
  return reference !== row.provider_charge_id && !isOurReference(reference);
}
