import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, systemDb } from "#platform/db.ts";
import { endIfOver, warnIfGivenUp } from "../checkouts/expire-checkout.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { logEvent } from "../log-event.ts";

/**
 * A person has looked into the provider's panel for a payment that the provider does not answer
 * for: no answer is awaited any more. An approval that comes after all is settled like any other.
 * Refuses: not_found.
 */
export async function markPaymentSeen({ caller, input }: { caller: Caller; input: { paymentId: string } }): Promise<void> {
  const found = await systemDb()
    .selectFrom("payment as p")
    .select(["p.tenant_id", "p.checkout_id"])
    .where("p.id", "=", input.paymentId)
    .where("p.expires_at", "<=", sql<Date>`now()`)
    .where(sql<boolean>`(is_unanswered(p) or p.failing_since is not null)`)
    .executeTakeFirst();
  if (!found) throw new Refusal("not_found");
  const ended = await inTenant(found.tenant_id, async (tx) => {
    const checkout = await lockCheckout(tx, found.checkout_id);
    if (!checkout) throw new Refusal("not_found");
    await tx.updateTable("payment").set({ seen_at: sql`now()` }).where("id", "=", input.paymentId).execute();
    await logEvent(tx, {
      tenantId: found.tenant_id,
      subject: { kind: "checkout", id: checkout.id },
      kind: "payment.seen",
      details: { paymentId: input.paymentId },
      actor: actorOf(caller),
    });
    return endIfOver(tx, checkout);
  });
  warnIfGivenUp(ended);
}
