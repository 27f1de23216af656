import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { VariantGiven } from "#contracts/shop-desk/products.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { Changes } from "../log-event.ts";
import { insertVariants } from "./insert-variants.ts";
import { makeEndless } from "./make-endless.ts";
import { requireFreeSkus } from "./require-free-skus.ts";

type Given = { caller: Caller; tenantId: string; productId: string; isDigital: boolean; given: readonly VariantGiven[] };
type Row = {
  id: string;
  title: string;
  sku: string | null;
  price_minor: number;
  currency: string;
  weight_grams: number;
  on_hand: number | null;
  low_stock_at: number | null;
  position: number;
  deleted_at: Date | null;
};

/**
 * Makes the living variants of a product those that are given, in their order. The caller has
 * locked the product. Refuses: invalid_request (pieces of one that is there), sku_taken,
 * sku_archived, id_taken.
 */
export async function writeVariants(tx: Tx, { caller, tenantId, productId, isDigital, given }: Given): Promise<Changes> {
  const before = await lockVariants(tx, tenantId, productId);
  const known = new Map(before.map((row) => [row.id, row]));
  refusePieces(given, known);
  await requireFreeSkus(tx, { tenantId, productId, skus: given.map(({ sku }) => sku ?? null), pathOf: (at) => `variants.${at}.sku` });
  const kept = given.flatMap((one, position) => (one.id && known.has(one.id) ? [{ ...one, id: one.id, position }] : []));
  await archiveOthers(tx, { tenantId, productId, keptIds: kept.map(({ id }) => id) });
  await freeSkus(tx, { tenantId, kept });
  await changeKept(tx, { tenantId, kept });
  const endless = kept.filter(({ onHand }) => onHand === null || isDigital).map(({ id }) => id);
  await makeEndless(tx, { caller, tenantId, ids: endless });
  const added = given.flatMap((one, position) =>
    one.id && known.has(one.id) ? [] : [{ ...one, id: one.id ?? newId(), productId, position, onHand: isDigital ? null : one.onHand }],
  );
  await insertVariants(tx, { tenantId, actor: actorOf(caller), rows: added });
  return differences(before, await lockVariants(tx, tenantId, productId));
}

/** All of them, archived ones too, in the order in which everybody locks them. */
async function lockVariants(tx: Tx, tenantId: string, productId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select id, title, sku, price_minor, currency, weight_grams, on_hand, low_stock_at, position, deleted_at
    from variant where tenant_id = ${tenantId} and product_id = ${productId} order by id for no key update`.execute(tx);
  return rows;
}

function refusePieces(given: readonly VariantGiven[], known: ReadonlyMap<string, Row>): void {
  const at = given.findIndex(({ id, onHand }) => id && known.has(id) && typeof onHand === "number");
  if (at === -1) return;
  const message = "of one that is there it is changed at /api/variants/{id}/stock";
  throw new Refusal("invalid_request", undefined, [{ path: `variants.${at}.onHand`, message }]);
}

type Others = { tenantId: string; productId: string; keptIds: readonly string[] };

async function archiveOthers(tx: Tx, { tenantId, productId, keptIds }: Others): Promise<void> {
  await sql`
    update variant set deleted_at = now(), version = version + 1, updated_at = now()
    where tenant_id = ${tenantId} and product_id = ${productId} and deleted_at is null and id <> all (${[...keptIds]}::uuid[])`.execute(tx);
}

type Kept = { tenantId: string; kept: readonly (VariantGiven & { id: string; position: number })[] };

/** Two may change theirs for each other's. */
async function freeSkus(tx: Tx, { tenantId, kept }: Kept): Promise<void> {
  const changing = kept.filter(({ sku }) => sku !== undefined).map(({ id, sku }) => ({ id, sku }));
  await sql`
    update variant v set sku = null
    from jsonb_to_recordset(${JSON.stringify(changing)}::jsonb) as given (id uuid, sku text)
    where v.tenant_id = ${tenantId} and v.id = given.id and v.sku is distinct from given.sku`.execute(tx);
}

/** What is not given stays. A price is in the merchant's currency of now. */
async function changeKept(tx: Tx, { tenantId, kept }: Kept): Promise<void> {
  const rows = kept.map(({ id, title, priceMinor, position, ...rest }) => ({
    ...{ id, title, price: priceMinor, position, weight: rest.weightGrams ?? null },
    ...{ sku: rest.sku ?? null, has_sku: rest.sku !== undefined },
    ...{ low: rest.lowStockAt ?? null, has_low: rest.lowStockAt !== undefined },
  }));
  await sql`
    update variant v set title = given.title, price_minor = given.price, currency = t.currency, position = given.position,
      weight_grams = coalesce(given.weight, v.weight_grams), deleted_at = null,
      sku = case when given.has_sku then given.sku else v.sku end,
      low_stock_at = case when given.has_low then given.low else v.low_stock_at end,
      version = v.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (id uuid, title text, price bigint, position int, weight int, sku text, has_sku boolean, low int, has_low boolean),
      tenant t
    where t.tenant_id = ${tenantId} and v.tenant_id = t.tenant_id and v.id = given.id
      and (v.title, v.price_minor, v.currency, v.position, v.weight_grams, v.sku, v.low_stock_at, v.deleted_at is null)
        is distinct from (given.title, given.price, t.currency, given.position, coalesce(given.weight, v.weight_grams),
          case when given.has_sku then given.sku else v.sku end, case when given.has_low then given.low else v.low_stock_at end, true)`.execute(
    tx,
  );
}

/** For the audit log: the variants that differ, as they were and as they are. */
function differences(before: readonly Row[], after: readonly Row[]): Changes {
  const told = ({ deleted_at, ...row }: Row) => ({ ...row, is_archived: deleted_at !== null });
  const text = (row: Row | undefined) => (row ? JSON.stringify(told(row)) : "");
  const differ = (rows: readonly Row[], others: readonly Row[]) =>
    rows.filter((row) => text(row) !== text(others.find(({ id }) => id === row.id))).map(told);
  const [was, is] = [differ(before, after), differ(after, before)];
  return was.length + is.length === 0 ? {} : { variants: [was, is] };
}
