/**
 * Every place between a commit and an outside call, or between an outside call and its record. A
 * process may die at any of them without changing the end state: `tests/crash` kills it at each.
 */
export const crashPoints = [
  "payment opened, provider not asked",
  "provider's page known, not recorded",
  "answer made, not kept for a repeat",
  "webhook verified, not stored",
  "webhook stored, not answered",
  "event read, its charge not asked for",
  "event taken up, provider not asked",
  "provider asked, nothing settled",
  "one charge settled, the others not",
  "charge settled, event not marked",
  "page to be closed, provider not asked",
  "page closed at the provider, not recorded",
  "payment polled, next poll not planned",
  "follow-up taken up, nothing done",
  "follow-up failed, try not recorded",
  "follow-up done outside, ledger not written",
  "ledger written, checkout not confirmed",
  "room created, no token yet",
  "room created, address not recorded",
  "callback written, not sent",
  "callback answered, attempt not recorded",
  "refund armed, provider not asked",
  "refund sent, answer not recorded",
  "refund seen at the provider, not recorded",
  "unproven charge looked up, not recorded",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

const visits = new Map<CrashPoint, number>();

/** Tests only: kills this process where CRASH_AT says; `<name> #2` is a second visit. */
export function crashPoint(point: CrashPoint): void {
  const fatal = process.env["CRASH_AT"];
  if (!fatal) return;
  const visit = (visits.get(point) ?? 0) + 1;
  visits.set(point, visit);
  if (fatal === point || fatal === `${point} #${visit}`) process.kill(process.pid, "SIGKILL");
}
