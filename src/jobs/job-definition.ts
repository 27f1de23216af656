import type { FollowUp, FollowUpWork } from "#commands/follow-ups/run-follow-up.ts";

/** `afterwards` runs once the ledger says done; it must be safe to run twice, or never: sweepers do the same. */
export type FollowUpJobDefinition = { work: FollowUpWork; afterwards?: (followUp: FollowUp) => Promise<void> };
