/** Without zod, because the browser reads it too. */

export const paymentsPerPageMax = 100;
export const paymentSearchLengthMax = 100;
export const ledgerLinesMax = 200;

export const proofFileTypes = ["image/jpeg", "image/png", "application/pdf"] as const;
export type ProofFileType = (typeof proofFileTypes)[number];
/** Phones make photos of five megabytes. */
export const proofBytesMax = 8 * 1024 * 1024;
export const proofFilesMax = 5;
export const proofNameLengthMax = 100;

export const callbackTestsPerMinuteMax = 5;

export const arrivalDaysBack = 7;
export const arrivalDaysAhead = 90;
/** Of payments whose arrival nobody tells. Older ones have arrived long since. */
export const unknownDaysBack = 30;

/** Of one inquiry. Each is a call to a provider, which limits how many it answers. */
export const inquiryPaymentsMax = 500;
/** An answer so young is given again instead of asking once more. */
export const answerFreshSeconds = 10;
