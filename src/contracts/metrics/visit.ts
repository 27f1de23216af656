import { z } from "zod";
import { seenByPages } from "#domain/metrics/funnel.ts";
import { campaign, linkWord } from "../checkout.ts";

/** What a page tells of a visit. Whose visit it is, the header X-Visit says. */
export const visitRequest = z.strictObject({
  link: linkWord,
  step: z.enum(seenByPages),
  serviceId: z.uuid().optional(),
  professionalId: z.uuid().optional(),
  campaign: campaign.optional(),
});
export type VisitRequest = z.infer<typeof visitRequest>;
