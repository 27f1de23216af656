import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { pollNow } from "./schedule-poll.ts";

/** The address proves no money: it is a hint to ask the provider now. Refuses: checkout_unknown. */
export async function returnFromProvider(input: { checkoutId: string; token: string }): Promise<void> {
  const tenantId = await tenantOfCheckout(input.checkoutId);
  await inTenant(tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").select("token").where("id", "=", input.checkoutId).executeTakeFirst();
    if (!checkout || !isSameText(checkout.token, input.token)) throw new Refusal("checkout_unknown");
    await pollNow(tx, { tenantId, checkoutId: input.checkoutId });
  });
}
