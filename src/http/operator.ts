import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { markPaymentSeen } from "#commands/settlement/mark-seen.ts";
import { relabelLapsedHolds, sweep } from "#commands/sweep.ts";
import type { operatorOperations } from "#contracts/operations/operator.ts";
import { listAttention } from "#queries/attention.ts";
import type { HandlersOf } from "./route.ts";

/** `runDueJobs` serves hosts without a worker. */
export const operatorHandlers = (parts: { runDueJobs: () => Promise<void> }): HandlersOf<typeof operatorOperations> => ({
  cleanupHolds: async () => ({ success: true, lapsedHolds: await relabelLapsedHolds() }),

  cleanupUnpaid: async () => ({ success: true, ...(await cleanupUnpaid()) }),

  listAttention: async () => ({ items: await listAttention() }),

  async markPaymentSeen({ caller, input }) {
    await markPaymentSeen({ caller, input: { paymentId: input.params.id } });
    return undefined;
  },

  async runDueJobs() {
    // The sweeper is a timer of the worker, which such a host does not have.
    await sweep();
    await parts.runDueJobs();
    return { success: true };
  },
});
