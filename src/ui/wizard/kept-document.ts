import type { CustomerDocument } from "#contracts/choice/document.ts";

export type KeptDocument = CustomerDocument;
const place = "konfirmado.document";

/** In this tab only, until the booking is paid. A browser that forbids storage keeps nothing. */
export function keptDocument(): KeptDocument | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (typeof stored !== "object" || stored === null || !("type" in stored) || !("number" in stored)) return null;
    const { type, number } = stored;
    return typeof type === "string" && typeof number === "string" ? { type, number } : null;
  } catch {
    return null;
  }
}

export function keepDocument(document: KeptDocument): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(document));
  } catch {
    // Forbidden or full: see above.
  }
}

export function forgetDocument(): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // See above.
  }
}
