import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import type { CustomerRow } from "#platform/rows.ts";

/** A customer with the doubles that were merged into them. `ids` are those of all. */
export type CustomerGroup = { head: CustomerRow; doubles: CustomerRow[]; all: CustomerRow[]; ids: string[] };

/** Of a double, its customer's. Refuses: customer_unknown. */
export async function readGroup(tx: Tx, customerId: string): Promise<CustomerGroup> {
  const found = await tx.selectFrom("customer").select(["id", "merged_into"]).where("id", "=", customerId).executeTakeFirst();
  if (!found) throw new Refusal("customer_unknown");
  const headId = found.merged_into ?? found.id;
  const all = await tx
    .selectFrom("customer")
    .selectAll()
    .where((where) => where.or([where("id", "=", headId), where("merged_into", "=", headId)]))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const head = all.find(({ id }) => id === headId);
  if (!head) throw new Refusal("customer_unknown");
  return { head, doubles: all.filter(({ id }) => id !== headId), all, ids: all.map(({ id }) => id) };
}

/** Who is blocked under one address is blocked under all. */
export function restrictionsOf({ all }: Pick<CustomerGroup, "all">) {
  const blocked = all.find(({ blocked_at }) => blocked_at !== null);
  const full = all.find(({ full_payment_at }) => full_payment_at !== null);
  return {
    blocked: blocked?.blocked_at ? { at: blocked.blocked_at.toISOString(), reason: blocked.blocked_reason ?? "" } : null,
    fullPayment: full?.full_payment_at ? { at: full.full_payment_at.toISOString(), reason: full.full_payment_reason ?? "" } : null,
  };
}

export function personOf({ id, name, email, phone }: Pick<CustomerRow, "id" | "name" | "email" | "phone">) {
  return { id, name, email: email || null, phone: phone || null };
}
