import { z } from "zod";

export const failedFollowUpsMax = 100;

const failedFollowUp = z.object({
  id: z.uuid(),
  /** Such as `mail-customer-paid`. */
  job: z.string(),
  /** The event that it follows. */
  event: z.string(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  failedAt: z.iso.datetime(),
  /** The booking or order that it is about. */
  checkoutId: z.uuid().nullable(),
});

/** The newest first. */
export const failedFollowUps = z.object({
  followUps: z.array(failedFollowUp),
  /** All that have failed, also those beyond the list. */
  total: z.int(),
});
export type FailedFollowUps = z.infer<typeof failedFollowUps>;

export const followUpsStarted = z.object({ started: z.int() });
