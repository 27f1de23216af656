/** From where a customer came, as shared addresses say it. The page runs this too. */
export const campaignNames = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const;
export type Campaign = Partial<Record<(typeof campaignNames)[number], string>>;

export const campaignWordLengthMax = 100;

/** Returns null if the address names no campaign. Shortens what is too long, and drops the rest. */
export function readCampaign(given: (name: string) => string | null | undefined): Campaign | null {
  const words = campaignNames.flatMap((name) => {
    const word = [...(given(name) ?? "").replaceAll(/[\p{Cc}\p{Cs}]/gu, " ").trim()].slice(0, campaignWordLengthMax).join("").trim();
    return word === "" || word.length > campaignWordLengthMax ? [] : [[name, word] as const];
  });
  return words.length > 0 ? Object.fromEntries(words) : null;
}
