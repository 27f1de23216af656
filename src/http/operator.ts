import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { reviveInquiries } from "#commands/inquiries/plan-inquiry.ts";
import { markPaymentSeen } from "#commands/settlement/mark-seen.ts";
import { checkDueDays } from "#commands/settlement-check/check-due.ts";
import { relabelLapsedHolds, sweep } from "#commands/sweep.ts";
import { foldVisits } from "#commands/visits/fold-visits.ts";
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
    // These are timers of the worker, which such a host does not have.
    await sweep();
    await foldVisits();
    await reviveInquiries();
    await parts.runDueJobs();
    // The last, because it asks the providers for whole days: a host may end the call meanwhile.
    await checkDueDays();
    return { success: true };
  },
});
