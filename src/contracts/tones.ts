export const tones = ["usual", "formal", "informal"] as const;
/** How a merchant addresses customers. `usual`: tú in Spanish, vous in French. */
export type Tone = (typeof tones)[number];
