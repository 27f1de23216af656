import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { markPaymentSeen } from "#commands/settlement/mark-seen.ts";
import { relabelLapsedHolds } from "#commands/sweep.ts";
import type { operatorOperations } from "#contracts/operations/operator.ts";
import { listAttention, listOtherKinds } from "#queries/attention.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import type { HandlersOf } from "./route.ts";

/** `runDueJobs` serves hosts without a worker. */
export const operatorHandlers = (parts: { runDueJobs: () => Promise<void> }): HandlersOf<typeof operatorOperations> => ({
  cleanupHolds: async () => ({ success: true, lapsedHolds: await relabelLapsedHolds() }),

  cleanupUnpaid: async () => ({ success: true, ...(await cleanupUnpaid()) }),

  listAttention: async () => ({ items: await listAttention(), otherKinds: await listOtherKinds() }),

  async markPaymentSeen({ caller, input }) {
    await markPaymentSeen({ caller, input: { paymentId: input.params.id } });
    return undefined;
  },

  async answerReversal({ caller, input }) {
    const { id: checkoutId } = input.params;
    const tenantId = await tenantOfCheckout(checkoutId);
    await answerReversal({ caller, input: { tenantId, checkoutId, answer: input.body.answer } });
    return undefined;
  },

  async runDueJobs() {
    await parts.runDueJobs();
    return { success: true };
  },
});
