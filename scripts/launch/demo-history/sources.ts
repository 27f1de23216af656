import type { Campaign } from "#contracts/links/campaign.ts";
import { demo, demoId } from "#db/demo.ts";
import type { Appointment } from "./agenda.ts";
import type { Chance } from "./chance.ts";

/** Through which link somebody came. */
export type Origin = { linkId: string; publicId: string };

const [instagram, reception, laura, , pharmacy] = demo.moreLinks;
const dayMs = 86_400_000;
/** The pharmacy's link was switched off. */
const pharmacyUntilDays = 50;

const searched: Campaign = { utm_source: "google", utm_medium: "cpc", utm_campaign: "consulta-bogota" };
const story: Campaign = { utm_source: "instagram", utm_medium: "social", utm_campaign: "historia" };
const profile: Campaign = { utm_source: "instagram", utm_medium: "social", utm_campaign: "perfil" };
const newsletter: Campaign = { utm_source: "boletin", utm_medium: "email", utm_campaign: "mes-de-la-salud" };

type Way = { link: { id: string; publicId: string }; campaign: Campaign | null; weight: number };

/** By which links a service with a professional can be reached, and how often it is. */
export function originOf(chance: Chance, { service, professional }: Appointment, ageMs: number): Origin & { campaign: Campaign | null } {
  const isPsychology = service.id === demoId(13);
  const ways: Way[] = [
    { link: demo.link, campaign: null, weight: 40 },
    { link: demo.link, campaign: searched, weight: 22 },
    { link: demo.link, campaign: newsletter, weight: 6 },
    { link: reception, campaign: null, weight: 14 },
    { link: pharmacy, campaign: null, weight: ageMs > pharmacyUntilDays * dayMs ? 8 : 0 },
    { link: instagram, campaign: story, weight: isPsychology ? 60 : 0 },
    { link: instagram, campaign: profile, weight: isPsychology ? 30 : 0 },
    { link: laura, campaign: null, weight: isPsychology && professional.id === demoId(21) ? 30 : 0 },
  ];
  const { link, campaign } = chance.byWeight(ways.map((way) => [way, way.weight] as const));
  return { linkId: link.id, publicId: link.publicId, campaign };
}
