"use client";

import { useEffect } from "react";
import { countVisit } from "#ui/wizard/visit.ts";
import { keptCampaign } from "../kept-visit.ts";

/** Whoever sees times has chosen a service. */
export function ServiceSeen({ link, service, professional }: { link: string; service: string; professional: string }) {
  useEffect(
    () => countVisit({ link, step: "service", serviceId: service, professionalId: professional, campaign: keptCampaign(link) }),
    [link, service, professional],
  );
  return null;
}
