import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";
import type { BookingRow } from "#platform/rows.ts";
import { closePages } from "../payments/end-payments.ts";

/** No appointment with its buffers reaches so far: the index finds the rivals by their start. */
const reachHours = 24;

/**
 * Others may still be on the payment page for what is now this booking's. Their pages are closed at
 * the provider, and those here look again. Nothing of theirs is locked: whoever pays all the same
 * is settled, and gets the money back.
 */
export async function turnRivalsAway(tx: Tx, winner: BookingRow): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select k.id, pg_notify('konfirmado_checkout', k.id::text)
    from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    where b.tenant_id = ${winner.tenant_id} and b.professional_id = ${winner.professional_id}
      and b.starts_at > lower(${winner.during}::tstzrange) - make_interval(hours => ${reachHours})
      and b.starts_at < upper(${winner.during}::tstzrange) + make_interval(hours => ${reachHours})
      and b.during && ${winner.during}::tstzrange and b.id <> ${winner.id} and k.status = 'pending'`.execute(tx);
  if (rows.length > 0)
    await closePages(
      tx,
      rows.map(({ id }) => id),
    );
}
