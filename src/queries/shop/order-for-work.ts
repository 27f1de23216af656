import type { Selectable } from "kysely";
import { type Address, address, type SoldShipping, soldShipping } from "#contracts/shop/order-session.ts";
import type { DB } from "#db/types.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { OrderLineRow, OrderSessionRow } from "./sold-session.ts";

/** What mails say of an order session, or of the order that it has become. */
export type OrderForWork = {
  session: OrderSessionRow;
  lines: OrderLineRow[];
  address: Address | null;
  shipping: SoldShipping | null;
  /** Null as long as it is not paid. */
  number: number | null;
  order: Selectable<DB["shop_order"]> | null;
  shop: Selectable<DB["shop"]>;
};

/** Returns null if this checkout is no order session. */
export async function readOrderForWork(tx: Tx, id: string): Promise<OrderForWork | null> {
  const session = await tx.selectFrom("order_session").selectAll().where("id", "=", id).executeTakeFirst();
  if (!session) return null;
  const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", id).orderBy("place").execute();
  const order = (await tx.selectFrom("shop_order").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
  const shop = await tx.selectFrom("shop").selectAll().executeTakeFirstOrThrow();
  return {
    ...{ session, lines, order, shop, number: order?.number ?? null },
    address: session.address === null ? null : address.parse(session.address),
    shipping: session.shipping === null ? null : soldShipping.parse(session.shipping),
  };
}

/** `Café · 500 g`. Returns null if it is gone. */
export async function loadVariantName({ tenantId, variantId }: { tenantId: string; variantId: string }): Promise<string | null> {
  const found = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("variant as v")
      .innerJoin("product as p", (join) => join.onRef("p.tenant_id", "=", "v.tenant_id").onRef("p.id", "=", "v.product_id"))
      .select(["p.title as product", "v.title as variant"])
      .where("v.id", "=", variantId)
      .executeTakeFirst(),
  );
  return found ? titleOf(found) : null;
}

export function titleOf({ product, variant }: { product: string; variant: string }): string {
  return variant === "" ? product : `${product} · ${variant}`;
}
