import { sql } from "kysely";
import type { Place } from "#contracts/checkout.ts";
import type { ShippingChoice } from "#contracts/shop/cart.ts";
import { usualStepMinor } from "#domain/money.ts";
import { gramsOf, priceOfShipping, type ShippingOffer } from "#domain/shop/shipping.ts";
import { type Shipping, totalsOf } from "#domain/shop/totals.ts";
import type { Tx } from "#platform/db.ts";
import type { ShownLine } from "./stored-cart.ts";

export type ShippingRow = ShippingOffer &
  Pick<ShippingChoice, "id" | "name" | "translations" | "freeFromMinor" | "daysMin" | "daysMax"> & {
    taxPercent: number;
    taxIncluded: boolean;
    place: Place | null;
  };

const optionsMax = 50;

/** What customers may choose, in the merchant's order. A place that is archived is no choice. */
export async function readShippingOptions(tx: Tx, currency: string): Promise<ShippingRow[]> {
  const { rows } = await sql<ShippingRow>`
    select o.id, o.kind, o.name, o.translations, o.price_minor as "priceMinor", o.weight_steps as "weightSteps",
      o.free_from_minor as "freeFromMinor", o.tax_percent::float8 as "taxPercent", o.tax_included as "taxIncluded",
      o.days_min as "daysMin", o.days_max as "daysMax",
      case when l.id is not null then json_build_object('name', l.name, 'address', l.address, 'directions', l.directions,
        'mapUrl', l.map_url, 'phone', l.phone, 'whatsapp', l.whatsapp, 'email', l.email) end as place
    from shipping_option o
      left join location l on l.tenant_id = o.tenant_id and l.id = o.location_id and l.deleted_at is null
    where o.tenant_id = current_tenant() and o.is_active and o.deleted_at is null and o.currency = ${currency}
      and (o.location_id is null or l.id is not null)
    order by o.position, o.id
    limit ${optionsMax}`.execute(tx);
  return rows;
}

/** What the cheapest flat delivery costs for goods of that sum. Returns null if none is flat. */
export function flatDeliveryFrom(options: readonly ShippingRow[], given: Goods): number | null {
  const flat = options.filter(({ kind }) => kind === "flat").map((option) => deliveryMinor(option, given));
  return flat.length > 0 ? Math.min(...flat) : null;
}

type Goods = { goodsMinor: number; currency: string };

/** By the same rule as the totals. */
export function deliveryMinor(shipping: NonNullable<Shipping>, { goodsMinor, currency }: Goods): number {
  const goods = { unitPriceMinor: goodsMinor, quantity: 1, taxPercent: 0, taxIncluded: true, isDiscountable: false };
  return totalsOf({ lines: [goods], discount: null, shipping, stepMinor: usualStepMinor(currency) }).shippingMinor;
}

/** As the totals take it. Returns `too_heavy` if it cannot carry these lines. */
export function shippingFor(option: ShippingRow, lines: readonly ShownLine[]): NonNullable<Shipping> | "too_heavy" {
  const sent = lines.filter(({ isSold }) => isSold);
  const priceMinor = priceOfShipping(option, gramsOf(sent));
  if (priceMinor === "too_heavy") return priceMinor;
  const { freeFromMinor, taxPercent, taxIncluded } = option;
  return { priceMinor, freeFromMinor, taxPercent, taxIncluded };
}
