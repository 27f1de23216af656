import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { ShopFront } from "#contracts/shop/store-product.ts";
import { appDb, inTenant } from "#platform/db.ts";
import { isServedHere } from "#platform/served-tenant.ts";
import { readOfferedConnections } from "../merchant/offered-connections.ts";
import { createShelf } from "../shelf.ts";

/** A shop before its goods. Whether it is open is never taken from this copy to sell. */
export type Front = Awaited<ReturnType<typeof readFront>>;

const bySlug = createShelf<Front>(async (slug) => readFront(await tenantOfSlug(slug)));
const byTenant = createShelf<Front>(readFront);

/** By the merchant's slug. Refuses: not_found. */
export async function loadShopFront(slug: string): Promise<Front> {
  const front = await bySlug.load(slug);
  if (!isServedHere(front.tenant.id)) throw new Refusal("not_found");
  return front;
}

/** Of a cart whose tenant is known. Refuses: not_found. */
export const loadShopOfTenant = (tenantId: string): Promise<Front> => byTenant.load(tenantId);

async function tenantOfSlug(slug: string): Promise<string> {
  const found = await appDb()
    .selectFrom("directory")
    .select("tenant_id")
    .where("kind", "=", "tenant_slug")
    .where("key", "=", slug)
    .executeTakeFirst();
  if (!found) throw new Refusal("not_found");
  return found.tenant_id;
}

async function readFront(tenantId: string) {
  return inTenant(tenantId, async (tx) => {
    const row = await tx
      .selectFrom("shop as s")
      .innerJoin("tenant as t", "t.tenant_id", "s.tenant_id")
      .select(["t.tenant_id as id", "t.slug", "t.name", "t.logo_url as logoUrl", "t.primary_color as primaryColor"])
      .select(["t.secondary_color as secondaryColor", "t.locale", "t.tone", "t.timezone", "t.country", "t.currency"])
      .select(["s.is_open as isOpen", "s.hold_minutes as holdMinutes", "s.returns_text as returnsText"])
      .select(["s.seller_name", "s.seller_tax_id", "s.seller_address", "t.terms_text as termsText", "t.is_listed as isListed"])
      .select(
        sql<string[]>`(select coalesce(json_agg(c.category order by lower(c.category)), '[]') from (
        select distinct p.category from product p
        where p.tenant_id = current_tenant() and p.is_active and p.deleted_at is null and p.category is not null limit 200) c)`.as(
          "categories",
        ),
      )
      .executeTakeFirst();
    if (!row) throw new Refusal("not_found");
    const { id, tone, termsText, isListed, categories, seller_name, seller_tax_id, seller_address, ...rest } = row;
    const seller = { name: seller_name ?? row.name, taxId: seller_tax_id, address: seller_address };
    const shop: ShopFront = { ...rest, seller };
    return { tenant: { id, tone, termsText, isListed }, shop, categories, connections: await readOfferedConnections(tx) };
  });
}
