import { z } from "zod";
import { firstRunSteps } from "#domain/first-run/steps.ts";

export const paymentModes = ["none", "test", "production"] as const;
export const testMails = ["customer", "professional", "merchant"] as const;
export type TestMail = (typeof testMails)[number];

/** Derived from what is there, not from what was once pressed. */
export const firstRun = z.object({
  steps: z.array(z.object({ step: z.enum(firstRunSteps), isDone: z.boolean() })),
  isDone: z.boolean(),
  /** How customers pay now. */
  mode: z.enum(paymentModes),
  canSimulate: z.boolean().describe("Whether this installation simulates payments. Never true in production."),
  /** The first link that is live. */
  link: z.object({ id: z.uuid(), publicId: z.string(), address: z.url() }).nullable(),
  /** The newest booking that was paid, but not with real money. */
  testBookingId: z.uuid().nullable(),
});
export type FirstRun = z.infer<typeof firstRun>;
export const renderedMail = z.object({ subject: z.string(), to: z.string(), html: z.string() });
export type RenderedMail = z.infer<typeof renderedMail>;
