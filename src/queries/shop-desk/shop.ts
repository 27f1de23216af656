import { Refusal } from "#contracts/problem.ts";
import type { ShopSettings } from "#contracts/shop-desk/settings.ts";
import { inTenant } from "#platform/db.ts";
import { siteAddress } from "../site-address.ts";

export async function hasShop(tenantId: string): Promise<boolean> {
  const row = await inTenant(tenantId, (tx) => tx.selectFrom("shop").select("tenant_id").executeTakeFirst());
  return row !== undefined;
}

/** Null if the merchant has none. */
export async function findShop(tenantId: string): Promise<ShopSettings | null> {
  const row = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("shop as s")
      .innerJoin("tenant as t", "t.tenant_id", "s.tenant_id")
      .select(["t.slug", "s.is_open as isOpen", "s.hold_minutes as holdMinutes", "s.lines_max as linesMax", "s.version"])
      .select(["s.seller_name as sellerName", "s.seller_tax_id as sellerTaxId", "s.seller_address as sellerAddress"])
      .select("s.returns_text as returnsText")
      .where("s.tenant_id", "=", tenantId)
      .executeTakeFirst(),
  );
  if (!row) return null;
  const { slug, ...shop } = row;
  return { ...shop, address: shopAddress(slug) };
}

/** Refuses: shop_missing. */
export async function loadShop(tenantId: string): Promise<ShopSettings> {
  const shop = await findShop(tenantId);
  if (!shop) throw new Refusal("shop_missing");
  return shop;
}

export const shopAddress = (slug: string): string => new URL(`/shop/${slug}`, siteAddress()).href;
