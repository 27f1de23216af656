import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { relabelLapsedHolds, sweep } from "#commands/sweep.ts";
import type { operatorOperations } from "#contracts/operations/operator.ts";
import type { HandlersOf } from "./route.ts";

/** `runDueJobs` serves hosts without a worker. */
export const operatorHandlers = (parts: { runDueJobs: () => Promise<void> }): HandlersOf<typeof operatorOperations> => ({
  cleanupHolds: async () => ({ success: true, lapsedHolds: await relabelLapsedHolds() }),

  cleanupUnpaid: async () => ({ success: true, ...(await cleanupUnpaid()) }),

  async runDueJobs() {
    // The sweeper is a timer of the worker, which such a host does not have.
    await sweep();
    await parts.runDueJobs();
    return { success: true };
  },
});
