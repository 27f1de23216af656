import type { CustomerDocument } from "#domain/payment-provider.ts";

export type { CustomerDocument };

/** Colombian kinds of identity documents, in the words in which providers there name them. */
export const documentTypes = ["CC", "CE", "PPT", "PAS", "NIT"] as const;
export const documentNumberLengthMax = 20;

/** Dots, spaces and hyphens are how people write it. Returns null for what cannot be a document. */
export function readDocument({ type, number }: CustomerDocument): CustomerDocument | null {
  const known = documentTypes.find((each) => each === type);
  const bare = number.replace(/[\s.-]/g, "").toUpperCase();
  return known && /^[0-9A-Z]{4,20}$/.test(bare) ? { type: known, number: bare } : null;
}
