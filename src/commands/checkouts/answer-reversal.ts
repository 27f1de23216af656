import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { cancelIn } from "./cancel-checkout.ts";
import { kindOf } from "./kinds.ts";
import { lockCheckout } from "./move-checkout.ts";

type Answering = {
  caller: Extract<Caller, { kind: "operator" | "member" | "api_key" }>;
  input: { tenantId: string; checkoutId: string; answer: "keep" | "cancel" };
};

/**
 * The money went back outside: the merchant says whether the purchase stands without it. Of a part,
 * its whole purchase stands or is cancelled, and what paid the whole stays until somebody decides.
 * Returns false if nobody has asked, or somebody has answered. Refuses: checkout_unknown.
 */
export async function answerReversal({ caller, input }: Answering): Promise<boolean> {
  const by = { actor: actorOf(caller), origin: originOf(caller) };
  const { tenantId, checkoutId, answer } = input;
  return inTenant(tenantId, async (tx) => {
    const checkout = await lockPurchase(tx, checkoutId);
    const part = checkout.reversal_answer === "open" ? null : await kindOf(checkout).reversedPart(tx, checkout);
    if (checkout.reversal_answer !== "open" && !part) return false;
    const { id } = checkout;
    await tx
      .updateTable("checkout")
      .set({ reversal_answer: answer })
      .where("id", "=", part?.id ?? id)
      .execute();
    const details = { answer };
    await logEvent(tx, { tenantId, subject: { kind: "checkout", id }, kind: "payment.reversal_answered", details, ...by });
    if (answer === "cancel") await cancelIn(tx, { checkout, ...by, reason: "reversed", refund: part ? "none" : "full" });
    return true;
  });
}

/** The whole before its part, as all who lock both. Refuses: checkout_unknown. */
async function lockPurchase(tx: Tx, id: string): Promise<CheckoutRow> {
  const found = await tx.selectFrom("checkout").selectAll().where("id", "=", id).executeTakeFirst();
  const checkout = found && (await lockCheckout(tx, await kindOf(found).purchaseOf(tx, found)));
  if (!checkout) throw new Refusal("checkout_unknown");
  return checkout;
}
