import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import type { CheckoutRow } from "#platform/rows.ts";

/** Paid for, while somebody else already had the capacity. */
export type Lost = { checkout: CheckoutRow; reference: string };

/** After the commit, because a transaction that is tried again must not tell twice. */
export function tellLost(lost: Lost | null): void {
  if (!lost) return;
  const { tenant_id: tenantId, id: checkoutId, kind } = lost.checkout;
  metrics().lostRaces.inc({ kind });
  logger().warn({ tenantId, checkoutId, kind, reference: lost.reference }, "already booked by somebody else: the money goes back");
}
