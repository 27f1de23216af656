import { listProfessionals } from "#queries/professionals/professionals.ts";
import { listServiceChoices } from "#queries/professionals/service-choices.ts";
import type { Choices } from "./details-fields.tsx";

/** Every zone that this server knows. */
export const zones: readonly string[] = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"));

export async function loadChoices(tenantId: string): Promise<Choices> {
  const [{ timezone }, services] = await Promise.all([listProfessionals({ tenantId }), listServiceChoices(tenantId)]);
  return { zones, tenantZone: timezone, services };
}
