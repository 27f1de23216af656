import { latestPayingEnd } from "#domain/hold-times.ts";
import type { ChargeType } from "#domain/money.ts";
import { inTenant } from "#platform/db.ts";
import { loadTenantCatalog } from "../catalog.ts";

/** What a reception may book by hand. */
export type ByHandChoices = {
  timezone: string;
  country: string;
  locale: string;
  /** From so many minutes before an appointment on, no link can be paid in time. */
  linkMinutesBefore: number;
  /** Whether a link could be paid at all. */
  hasProvider: boolean;
  services: {
    id: string;
    name: string;
    durationMinutes: number;
    priceMinor: number;
    currency: string;
    chargeType: ChargeType;
    depositPercent: number;
    depositMinor: number | null;
  }[];
  professionals: { id: string; name: string; serviceIds: string[] }[];
};

export async function loadByHandChoices(tenantId: string): Promise<ByHandChoices> {
  const { tenant, services, professionals } = await loadTenantCatalog(tenantId);
  const provider = await inTenant(tenantId, (tx) =>
    tx.selectFrom("connection").select("id").where("kind", "=", "payment").where("is_active", "=", true).executeTakeFirst(),
  );
  const { timezone, country, locale, latestApprovalMinutes } = tenant;
  const start = new Date(0);
  return {
    ...{ timezone, country, locale },
    linkMinutesBefore: (start.getTime() - latestPayingEnd(start, latestApprovalMinutes).getTime()) / 60_000,
    hasProvider: provider !== undefined,
    services: services.map(({ id, name, rules, priceMinor, currency, chargeType, depositPercent, depositMinor }) => ({
      ...{ id, name, priceMinor, currency, chargeType, depositPercent, depositMinor },
      durationMinutes: rules.durationMinutes,
    })),
    professionals: professionals
      .filter(({ serviceIds }) => services.some(({ id }) => serviceIds.includes(id)))
      .map(({ id, name, serviceIds }) => ({ id, name, serviceIds })),
  };
}
