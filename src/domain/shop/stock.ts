/** Why the pieces of a variant are as many as they are. */
export const stockReasons = ["initial", "received", "counted", "damaged", "given", "returned", "sold", "corrected"] as const;
export type StockReason = (typeof stockReasons)[number];

/** What a person may say. A sale is written by its payment alone, and the first count with the product. */
export const stockReasonsByHand = ["received", "counted", "damaged", "given", "returned", "corrected"] as const;
