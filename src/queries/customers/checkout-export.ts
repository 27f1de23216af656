import type { Tx } from "#platform/db.ts";

/** Also of its rest. */
export async function moneyOf(tx: Tx, bookingId: string) {
  const rest = await tx.selectFrom("booking_rest").select("id").where("booking_id", "=", bookingId).executeTakeFirst();
  const ids = [bookingId, ...(rest ? [rest.id] : [])];
  const payments = await tx
    .selectFrom("payment")
    .select(["reference", "provider", "status", "amount_minor", "currency", "created_at"])
    .where("checkout_id", "in", ids)
    .orderBy("created_at")
    .execute();
  const refunds = await tx
    .selectFrom("refund_case")
    .select(["reason", "state", "amount_minor", "currency", "created_at"])
    .where("checkout_id", "in", ids)
    .orderBy("created_at")
    .execute();
  return { payments: payments.map(dated), refunds: refunds.map(dated) };
}

function dated<Row extends { amount_minor: number; created_at: Date }>({ amount_minor: amountMinor, created_at, ...rest }: Row) {
  return { ...rest, amountMinor, createdAt: created_at.toISOString() };
}

export async function eventsOf(tx: Tx, checkoutId: string): Promise<{ at: string; kind: string }[]> {
  const rows = await tx
    .selectFrom("event")
    .select(["created_at", "kind"])
    .where("subject_id", "=", checkoutId)
    .orderBy("created_at")
    .execute();
  return rows.map(({ created_at, kind }) => ({ at: created_at.toISOString(), kind }));
}
