import { type Campaign, campaignNames, readCampaign } from "#contracts/links/campaign.ts";
import { keepWords, readKeptWords } from "./kept-words.ts";

const keyOf = (link: string) => `konfirmado.campaign.${link}`;

/** What brought a customer to a link or a shop, in this tab. */
export function keptCampaign(link: string): Campaign | null {
  const kept: Partial<Record<string, string>> = readKeptWords(keyOf(link));
  return readCampaign((name) => kept[name]);
}

/** Keeps what the address says of it, if it says something. Whether it did. */
export function keepCampaignOf(address: URL, link: string): boolean {
  const campaign = readCampaign((name) => address.searchParams.get(name));
  if (campaign) keepWords(keyOf(link), campaign);
  return campaign !== null;
}

export function dropCampaign({ searchParams }: URL): void {
  for (const name of campaignNames) searchParams.delete(name);
}
