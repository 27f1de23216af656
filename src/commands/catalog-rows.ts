import { sql, type UpdateObject } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { DB } from "#db/types.ts";
import type { Tx } from "#platform/db.ts";
import { changesBetween } from "./changes.ts";
import type { Changes } from "./log-event.ts";

const refusals = {
  service: "service_unknown",
  professional: "professional_unknown",
  booking_link: "link_unknown",
  location: "location_unknown",
  product: "product_unknown",
  discount: "discount_unknown",
  shipping_option: "shipping_unknown",
} as const;
type Table = keyof typeof refusals;
type Change = {
  [Name in Table]: {
    table: Name;
    tenantId: string;
    id: string;
    set: UpdateObject<DB, Name>;
    seenVersion?: number | undefined;
    isArchived?: true;
  };
}[Table];

/**
 * Changes a row unless it is archived; with `isArchived`, only if it is. With `seenVersion`, only
 * what the caller has seen. Refuses: what `refusals` says of the table, changed_meanwhile.
 */
export async function changeRow(tx: Tx, { table, tenantId, id, set, seenVersion, isArchived }: Change): Promise<Changes> {
  // Customers pay by the desk's link, so nobody can take it away.
  const isTheirs = table === "booking_link" ? sql`not is_desk` : sql`true`;
  const own = sql`tenant_id = ${tenantId} and id = ${id} and (deleted_at is not null) = ${isArchived ?? false} and ${isTheirs}`;
  const { rows } = await sql<{ version: number }>`select * from ${sql.table(table)} where ${own} for no key update`.execute(tx);
  const [before] = rows;
  if (!before) throw new Refusal(refusals[table]);
  if (seenVersion !== undefined && seenVersion !== before.version) throw new Refusal("changed_meanwhile");
  const after = await tx
    .updateTable(table)
    .set({ ...set, version: before.version + 1, updated_at: sql`now()` })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return changesBetween(before, after);
}

/** By what those that stand in the same place are sorted. */
const nameColumns = { service: "name", professional: "name", product: "title", shipping_option: "name" } as const;
type Order = { table: keyof typeof nameColumns; tenantId: string; ids: readonly string[] };

/**
 * Puts these rows first, in this order; the others keep theirs behind them. It is nobody's edit of
 * a row, so versions stay. Refuses: what `refusals` says.
 */
export async function putFirst(tx: Tx, { table, tenantId, ids }: Order): Promise<Changes> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where tenant_id = ${tenantId} and deleted_at is null
    order by position, ${sql.ref(nameColumns[table])}, id for no key update`.execute(tx);
  const before = rows.map(({ id }) => id);
  const wanted = [...new Set(ids)];
  if (wanted.some((id) => !before.includes(id))) throw new Refusal(refusals[table]);
  const after = [...wanted, ...before.filter((id) => !wanted.includes(id))];
  if (before.join() === after.join()) return {};
  await sql`
    update ${sql.table(table)} as row set position = wished.place - 1
    from unnest(${after}::uuid[]) with ordinality as wished (id, place)
    where row.tenant_id = ${tenantId} and row.id = wished.id`.execute(tx);
  return { order: [before, after] };
}
