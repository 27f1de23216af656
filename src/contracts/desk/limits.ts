/** Pages read these too, so this file needs no package. */
export const noteLengthMax = 2000;
export const proofLengthMax = 500;
export const resentMailsPerHourMax = 3;
/** How a reception takes money. */
export const onSiteMethods = ["cash", "card", "transfer", "other"] as const;
export type OnSiteMethod = (typeof onSiteMethods)[number];
export const onSiteReferenceLengthMax = 100;
/** How long a reception may give its customer to pay. */
export const linkMinutesMin = 5;
export const linkDaysMax = 7;
