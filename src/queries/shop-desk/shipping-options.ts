import { type RawBuilder, sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { type ShippingKind, shippingOptionsMax } from "#contracts/shop-desk/limits.ts";
import type { ShippingOption, WeightStep } from "#contracts/shop-desk/shipping.ts";
import { inTenant } from "#platform/db.ts";

/** In the customers' order, then archived ones. */
export async function loadShippingOptions(tenantId: string): Promise<ShippingOption[]> {
  return read(tenantId, sql`true order by o.deleted_at is not null, o.position, o.name, o.id limit ${4 * shippingOptionsMax}`);
}

/** An archived one too. Refuses: shipping_unknown. */
export async function loadShippingOption({ tenantId, optionId }: { tenantId: string; optionId: string }): Promise<ShippingOption> {
  const [found] = await read(tenantId, sql`o.id = ${optionId}`);
  if (!found) throw new Refusal("shipping_unknown");
  return found;
}

type Row = Omit<ShippingOption, "taxPercent" | "archivedAt"> & { tax_percent: string; deleted_at: Date | null };

async function read(tenantId: string, wanted: RawBuilder<unknown>): Promise<ShippingOption[]> {
  const { rows } = await inTenant(tenantId, (tx) =>
    sql<Row & { kind: ShippingKind; weightSteps: WeightStep[] }>`
      select o.id, o.kind, o.name, o.price_minor as "priceMinor", o.currency, o.weight_steps as "weightSteps",
        o.free_from_minor as "freeFromMinor", o.tax_percent, o.tax_included as "taxIncluded", o.days_min as "daysMin",
        o.days_max as "daysMax", o.location_id as "locationId", l.name as "locationName", o.translations,
        o.is_active as "isActive", o.deleted_at, o.version
      from shipping_option o
      left join location l on l.tenant_id = o.tenant_id and l.id = o.location_id and l.deleted_at is null
      where o.tenant_id = ${tenantId} and ${wanted}`.execute(tx),
  );
  return rows.map(({ tax_percent, deleted_at, ...row }) => ({
    ...row,
    taxPercent: Number(tax_percent),
    archivedAt: deleted_at?.toISOString() ?? null,
  }));
}
