/** Words that a tab keeps. A browser may forbid storage: then nothing is kept or breaks. */
export function readKeptWords(key: string): Record<string, string> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === "string"));
  } catch {
    return {};
  }
}

export function keepWords(key: string, words: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(words));
  } catch {
    // Forbidden or full: see above.
  }
}
