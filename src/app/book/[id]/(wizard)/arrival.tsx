"use client";

import { useEffect } from "react";
import { dropCampaign, keepCampaignOf, keptCampaign } from "#ui/wizard/kept-campaign.ts";
import { countVisit } from "#ui/wizard/visit.ts";
import { keepEntries, keptNames, readEntries } from "./kept-visit.ts";

/**
 * Keeps what the opened address said about the customer and the campaign, in this tab only, and
 * takes it out of the address, so that it is neither shared on nor seen over a shoulder.
 */
export function Arrival({ link }: { link: string }) {
  useEffect(() => {
    const address = new URL(window.location.href);
    const { searchParams } = address;
    const hasCampaign = keepCampaignOf(address, link);
    countVisit({ link, step: "opened", campaign: keptCampaign(link) });
    const given = keptNames.flatMap((name) => {
      const value = searchParams.get(name)?.slice(0, entryLengthMax);
      return value ? [[name, value] as const] : [];
    });
    if (given.length > 0) keepEntries(link, { ...readEntries(link), ...Object.fromEntries(given) });
    if (!hasCampaign && given.length === 0) return;
    dropCampaign(address);
    for (const name of keptNames) searchParams.delete(name);
    window.history.replaceState(null, "", address);
  }, [link]);
  return null;
}

const entryLengthMax = 400;
