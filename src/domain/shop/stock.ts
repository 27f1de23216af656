/** Why the pieces of a variant are as many as they are. */
export const stockReasons = ["initial", "received", "counted", "damaged", "given", "returned", "sold", "corrected"] as const;
export type StockReason = (typeof stockReasons)[number];

/** What a person may say. A payment alone writes a sale, and a new product its first count. */
export const stockReasonsByHand = ["received", "counted", "damaged", "given", "returned", "corrected"] as const;
