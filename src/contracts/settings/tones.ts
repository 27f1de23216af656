export const tones = ["usual", "formal", "informal"] as const;
/** How a merchant addresses customers. `usual`: tú in Spanish, vous in French. */
export type Tone = (typeof tones)[number];

/**
 * The catalogues of texts that differ (`messages/es-formal.json` and so on). A language without one
 * says the same to everybody.
 */
export type ToneVariant = "es-formal" | "fr-informal";

export function toneVariant(locale: string, tone: Tone): ToneVariant | null {
  if (locale === "es" && tone === "formal") return "es-formal";
  return locale === "fr" && tone === "informal" ? "fr-informal" : null;
}

/** The catalogue with the texts of a variant in their places. */
export function withVariant<Catalogue extends object>(catalogue: Catalogue, variant: object): Catalogue {
  const copy = structuredClone(catalogue);
  lay(copy, variant);
  return copy;
}

function lay(onto: object, variant: object): void {
  for (const [key, text] of Object.entries(variant)) {
    const own: unknown = Reflect.get(onto, key);
    if (typeof own === "object" && own !== null && typeof text === "object" && text !== null) lay(own, text);
    else Reflect.set(onto, key, text);
  }
}
