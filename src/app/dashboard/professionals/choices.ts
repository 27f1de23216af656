import { merchantFormats } from "#queries/merchant/formats.ts";
import { listServiceChoices } from "#queries/professionals/service-choices.ts";
import type { Choices } from "./details-fields.tsx";

/** Every zone that this server knows. */
export const zones: readonly string[] = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"));

export async function loadChoices(tenantId: string): Promise<Choices> {
  const [{ timezone, weekStart }, services] = await Promise.all([merchantFormats(tenantId), listServiceChoices(tenantId)]);
  return { zones, tenantZone: timezone, weekStart, services };
}
