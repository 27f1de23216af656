import { type Clinic, type ClinicSettings, openClinic } from "./clinic.ts";
import type { Place } from "./world.ts";

/**
 * Nothing here is a default, of the product or of `openClinic`. India is half an hour off the UTC
 * grid, has no summer time, and is neither the machine's zone nor the customer's.
 */
export const unusual = {
  onDecline: "release",
  timezone: "Asia/Kolkata",
  locale: "es",
  holdMinutes: 17,
  answerWaitMinutes: 25,
  durationMinutes: 50,
  stepMinutes: 35,
  leadMinutes: 90,
  bufferBeforeMinutes: 20,
  bufferAfterMinutes: 40,
  priceMinor: 7_770_000,
  depositPercent: 30,
} as const satisfies ClinicSettings;
/** 30 % of 77,700 pesos. */
export const unusualDeposit = { paidMinor: 2_331_000, openMinor: 5_439_000 };

/**
 * `slotStart(48 * n)`, 10:30 there on the n-th day, is on its grid; `slotStart(1)` is not. Settings
 * that a test is about are named by it.
 */
export function openUnusualClinic(world: Place, settings: ClinicSettings = {}): Promise<Clinic> {
  return openClinic(world, { ...unusual, ...settings });
}
