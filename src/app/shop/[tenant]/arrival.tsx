"use client";

import { useEffect } from "react";
import { campaignOfShop } from "#app/shop/address.ts";
import { dropCampaign, keepCampaignOf } from "#ui/wizard/kept-campaign.ts";

/** Keeps the campaign of the opened address in this tab, and takes it out of the address. */
export function Arrival({ slug }: { slug: string }) {
  useEffect(() => {
    const address = new URL(window.location.href);
    if (!keepCampaignOf(address, campaignOfShop(slug))) return;
    dropCampaign(address);
    window.history.replaceState(null, "", address);
  }, [slug]);
  return null;
}
