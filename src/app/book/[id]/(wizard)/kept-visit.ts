import { type Campaign, readCampaign } from "#contracts/links/campaign.ts";

/** What a visit keeps in its tab. A browser may forbid storage: then nothing is kept or breaks. */
export const keptNames = ["name", "email", "phone"] as const;
export type Entries = Partial<Record<(typeof keptNames)[number] | `answers.${string}`, string>>;

const entriesKey = (link: string) => `konfirmado.details.${link}`;
const campaignKey = (link: string) => `konfirmado.campaign.${link}`;

export const readEntries = (link: string): Entries => read(entriesKey(link));
export const keepEntries = (link: string, entries: Entries): void => write(entriesKey(link), entries);

export function keptCampaign(link: string): Campaign | null {
  const kept: Partial<Record<string, string>> = read(campaignKey(link));
  return readCampaign((name) => kept[name]);
}
export const keepCampaign = (link: string, campaign: Campaign): void => write(campaignKey(link), campaign);

function read(key: string): Record<string, string> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === "string"));
  } catch {
    return {};
  }
}

function write(key: string, values: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Forbidden or full: see above.
  }
}
