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
  /** `booking`, `order`, or another kind. */
  checkoutKind: z.string().nullable(),
});

/** The newest first. */
export const failedFollowUps = z.object({
  followUps: z.array(failedFollowUp),
  /** All that have failed, also those beyond the list. */
  total: z.int(),
});
export type FailedFollowUps = z.infer<typeof failedFollowUps>;

export const openFollowUpsMax = 100;

/** What runs, waits for its next try, or waits for another one to end. */
export const openFollowUps = z.object({
  followUps: z.array(
    failedFollowUp.omit({ failedAt: true }).extend({
      /** `waiting`: for the job in `waitsFor`. */
      state: z.enum(["pending", "waiting"]),
      waitsFor: z.string().nullable(),
      /** Its next try. Is null for one that waits. */
      nextAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type OpenFollowUps = z.infer<typeof openFollowUps>;

export const followUpsStarted = z.object({ started: z.int() });
