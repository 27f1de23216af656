import { demo } from "#db/demo.ts";
import type { Clinic } from "./clinic.ts";
import type { Visit } from "./plan.ts";
import type { Row } from "./rows.ts";

const { tenantId } = demo;
/** So many open a link and leave, for one that books. */
export const lostFor = ({ bookedAt }: Visit): number => 3 + (Math.floor(bookedAt / 1000) % 5);

/** As commands/links/count-opens.ts counts: by link, day in UTC and source. */
export function linkOpens(visits: readonly Visit[], { now }: Clinic): Row<"link_opens">[] {
  const today = new Date(now).toISOString().slice(0, 10);
  const groups = Map.groupBy(visits, ({ bookedAt, origin }) => {
    const day = new Date(bookedAt).toISOString().slice(0, 10);
    return JSON.stringify([origin.linkId, day, origin.campaign?.utm_source ?? ""]);
  });
  return [...groups].flatMap(([key, booked]) => {
    const [link_id, day, source] = JSON.parse(key) as [string, string, string];
    // The server counts today itself, and its rows have the same key.
    if (day === today) return [];
    const opens = booked.reduce((sum, visit) => sum + 1 + lostFor(visit), 0);
    return [{ tenant_id: tenantId, link_id, day: new Date(day), source, opens }];
  });
}
