import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";
import { cancelIn } from "./cancel-checkout.ts";
import { lockCheckout } from "./move-checkout.ts";

type Answering = {
  caller: Extract<Caller, { kind: "operator" | "member" | "api_key" }>;
  input: { tenantId: string; checkoutId: string; answer: "keep" | "cancel" };
};

/**
 * The money went back outside: the merchant says whether the purchase stands without it. Returns
 * false if nobody has asked, or somebody has answered. Refuses: checkout_unknown.
 */
export async function answerReversal({ caller, input }: Answering): Promise<boolean> {
  const by = { actor: actorOf(caller), origin: originOf(caller) };
  const { tenantId, checkoutId: id, answer } = input;
  return inTenant(tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, id);
    if (!checkout) throw new Refusal("checkout_unknown");
    if (checkout.reversal_answer !== "open") return false;
    await tx.updateTable("checkout").set({ reversal_answer: answer }).where("id", "=", id).execute();
    const details = { answer };
    await logEvent(tx, { tenantId, subject: { kind: "checkout", id }, kind: "payment.reversal_answered", details, ...by });
    if (answer === "cancel") await cancelIn(tx, { checkout, ...by, reason: "reversed" });
    return true;
  });
}
