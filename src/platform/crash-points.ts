/**
 * Every place between a commit and an outside call, and between an outside call and its record. A process may die at any of them, and the
 * end state must be the same as without the crash: `tests/crash` kills the process at each.
 */
export const crashPoints = [
  "payment opened, provider not asked",
  "provider's page known, not recorded",
  "webhook verified, not stored",
  "webhook stored, not answered",
  "event taken up, provider not asked",
  "provider asked, nothing settled",
  "charge settled, event not marked",
  "payment polled, next poll not planned",
  "follow-up taken up, nothing done",
  "follow-up done outside, ledger not written",
  "ledger written, booking not confirmed",
  "room created, address not recorded",
  "callback answered, attempt not recorded",
  "refund armed, provider not asked",
  "refund sent, answer not recorded",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** Tests only: the name of the point at which this process dies, once reached. */
const fatal = process.env["CRASH_AT"];

export function crashPoint(point: CrashPoint): void {
  if (fatal === point) process.kill(process.pid, "SIGKILL");
}
