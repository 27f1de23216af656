"use client";

import { useEffect } from "react";
import { keptCampaign } from "#ui/wizard/kept-campaign.ts";
import { countVisit } from "#ui/wizard/visit.ts";

/** Whoever sees times has chosen a service. */
export function ServiceSeen({ link, service, professional }: { link: string; service: string; professional: string }) {
  useEffect(
    () => countVisit({ link, step: "service", serviceId: service, professionalId: professional, campaign: keptCampaign(link) }),
    [link, service, professional],
  );
  return null;
}
