import { unclaimedMinutes } from "#domain/hold-times.ts";
import { amountDue, type ChargeType, chargeTypes } from "#domain/money.ts";
import { inTenant } from "#platform/db.ts";

export type SoldService = { name: string; amountMinor: number; currency: string; pageMinutes: number };
/** What customers pay online, and where the merchant is. */
export type Sold = { country: string; currency: string; services: SoldService[] };

const servicesMax = 200;

/** Services that cost something online. `pageMinutes`: how long their payment page may be open. */
export function loadSold(tenantId: string): Promise<Sold> {
  return inTenant(tenantId, async (tx) => {
    const tenant = await tx.selectFrom("tenant").select(["country", "currency", "hold_minutes"]).executeTakeFirstOrThrow();
    const rows = await tx
      .selectFrom("service")
      .select(["name", "currency", "hold_minutes", "capacity_policy", "price_minor as priceMinor"])
      .select(["charge_type", "deposit_percent as depositPercent", "deposit_minor as depositMinor"])
      .where("tenant_id", "=", tenantId)
      .where("active", "=", true)
      .where("deleted_at", "is", null)
      .orderBy("position")
      .orderBy("name")
      .limit(servicesMax)
      .execute();
    const services = rows.map(({ name, currency, hold_minutes, capacity_policy, charge_type, ...price }) => ({
      name,
      currency,
      amountMinor: amountDue({
        ...price,
        currency,
        chargeType: chargeTypes.find((type): type is ChargeType => type === charge_type) ?? "total",
      }),
      pageMinutes: capacity_policy === "first_payer_wins" ? unclaimedMinutes : (hold_minutes ?? tenant.hold_minutes),
    }));
    return { country: tenant.country, currency: tenant.currency, services: services.filter(({ amountMinor }) => amountMinor > 0) };
  });
}
