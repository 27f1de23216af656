import { inTenant } from "#platform/db.ts";
import { cancelCheckout } from "../checkouts/cancel-checkout.ts";
import { wantPagesClosed } from "../payments/close-page.ts";
import { pollPayment } from "./poll-payment.ts";

type Cancelling = Parameters<typeof cancelCheckout>[0];

/**
 * Closes the customer's open pages, then cancels. Whoever has paid at this moment is settled first,
 * so that the person who cancels is told. Without the provider's answer it is cancelled all the
 * same: money that comes later goes back. Refuses as cancelCheckout does.
 */
export async function cancelAfterClosing({ caller, input }: Cancelling): Promise<void> {
  const { tenantId, checkoutId, seen } = input;
  const pages = await inTenant(tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").select("status").where("id", "=", checkoutId).executeTakeFirst();
    const isUnpaid = checkout?.status === "pending" && (seen === undefined || seen.status === "pending");
    return isUnpaid ? wantPagesClosed(tx, { tenantId, checkoutId }) : [];
  });
  await Promise.all(pages.map((paymentId) => pollPayment({ tenantId, paymentId, isExtra: true })));
  await cancelCheckout({ caller, input });
}
