import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { sentBackMinor } from "./charge-rows.ts";
import { lockPaidCharge } from "./lock-paid-charge.ts";
import { openRefundCase } from "./open.ts";

type Request = {
  caller: Caller;
  /** `seenLeftMinor`: what was left for refunds when somebody decided. Anything else is refused. */
  input: {
    tenantId: string;
    checkoutId: string;
    amountMinor: number;
    seenLeftMinor?: number;
    reason?: "requested" | "withdrawal";
    /** The civil day of the customer's word. */
    withdrawnOn?: string | undefined;
  };
};

/**
 * Opens a case for the whole paid charge or a part of it. The purchase stays as it is. Refuses:
 * checkout_unknown, nothing_to_refund (not paid, or other cases leave less than this),
 * changed_meanwhile, refund_blocked_by_dispute.
 */
export async function requestRefund({ caller, input }: Request): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", input.checkoutId).forUpdate().executeTakeFirst();
    if (!checkout) throw new Refusal("checkout_unknown");
    const charge = await lockPaidCharge(tx, checkout);
    const { seenLeftMinor: seen } = input;
    if (seen !== undefined && seen !== charge.amount_minor - (await sentBackMinor(tx, charge))) throw new Refusal("changed_meanwhile");
    const opened = await openRefundCase(tx, {
      charge,
      checkout,
      reason: input.reason ?? "requested",
      amountMinor: input.amountMinor,
      countsFrom: input.withdrawnOn,
      actor: actorOf(caller),
    });
    if (!opened) throw new Refusal("nothing_to_refund");
  });
}
