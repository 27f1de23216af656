/**
 * From so long after the end that the customer sees, a provider's answer frees capacity: its page
 * has closed by then, and it knows what was paid in the last second. The column
 * `payment.grace_seconds` has the same default.
 */
export const payingGraceSeconds = 120;

/** The same of one provider. What it shows later than that would be missed by an earlier answer. */
export function graceSecondsOf({ answerLagMinutes = 0 }: { answerLagMinutes?: number | undefined }): number {
  return Math.max(payingGraceSeconds, answerLagMinutes * 60);
}

/** Unpaid payment pages that one session may have open at a merchant. */
export const payingPerSessionMax = 5;
/** Tries per checkout. Each has a reference of its own, which is polled for hours. */
export const paymentsPerCheckoutMax = 10;

/** A payment page lives no longer, however long its customer may pay: each open one is polled. */
export const paymentPageMinutesMax = 120;

/** The end of a payment page that is opened now. */
export function pageEnd({ endsAt, now }: { endsAt: Date; now: Date }): Date {
  return new Date(Math.min(endsAt.getTime(), now.getTime() + paymentPageMinutesMax * 60_000));
}

/** A page is asked for again after a crash, and its end must still be far enough away then. */
const pageMarginMinutes = 5;

/**
 * The end that a provider is told, which takes none that is sooner than `pageMinutesMin` from now.
 * It is the same each time, because a repeat with another end would be another page.
 */
export function pageEndAtProvider(page: { expiresAt: Date; createdAt: Date; pageMinutesMin: number }): Date {
  if (page.pageMinutesMin === 0) return page.expiresAt;
  const soonest = page.createdAt.getTime() + (page.pageMinutesMin + pageMarginMinutes) * 60_000;
  return new Date(Math.max(page.expiresAt.getTime(), soonest));
}

/**
 * Opening the payment page extends the end once by the tenant's hold; never beyond twice the hold
 * from its start, nor beyond `latest`, the last end of a countdown for it.
 */
export function payingEnd(input: { heldAt: Date; now: Date; holdMinutes: number; latest: Date }): Date {
  const holdMs = input.holdMinutes * 60_000;
  return new Date(Math.min(input.now.getTime() + holdMs, input.heldAt.getTime() + 2 * holdMs, input.latest.getTime()));
}

/**
 * The last moment at which money for an appointment counts (tenant setting
 * `latest_approval_minutes`).
 */
export function latestApproval(start: Date, minutesBefore: number): Date {
  return new Date(start.getTime() - minutesBefore * 60_000);
}

/**
 * From the last end of a countdown until money no longer counts: the grace, and a minute for
 * whoever asks at its end.
 */
const marginSeconds = payingGraceSeconds + 60;

/**
 * The last end of a countdown for it: what is paid in time and seen within the grace still counts.
 */
export function latestPayingEnd(start: Date, minutesBefore: number): Date {
  return new Date(latestApproval(start, minutesBefore).getTime() - marginSeconds * 1000);
}

/** What starts sooner cannot be paid in time: the margin, and a minute for paying. */
export function leadMinutesMin(latestApprovalMinutes: number): number {
  return latestApprovalMinutes + marginSeconds / 60 + 1;
}

/** The minutes of a hold: the tenant's, or the whole ones that are left until its last end. */
export function holdMinutesUntil(input: { holdMinutes: number; now: Date; latest: Date }): number {
  return Math.min(input.holdMinutes, Math.floor((input.latest.getTime() - input.now.getTime()) / 60_000));
}

/** When the provider's answer counts. */
export function answerFrom(visibleEnd: Date, graceSeconds: number = payingGraceSeconds): Date {
  return new Date(visibleEnd.getTime() + graceSeconds * 1000);
}

/** When the capacity is free again by time alone, should the provider never answer. */
export function claimEnd(visibleEnd: Date, answerWaitMinutes: number): Date {
  return new Date(visibleEnd.getTime() + answerWaitMinutes * 60_000);
}

/** Minutes until an unpaid checkout expires under `first_payer_wins`. */
export const unclaimedMinutes = 30;
