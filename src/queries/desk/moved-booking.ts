import type { MovedBooking } from "#contracts/desk/moves.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";

/** Where a booking stands. Refuses: checkout_unknown. */
export async function loadMovedBooking(tenantId: string, bookingId: string): Promise<MovedBooking> {
  return inTenant(tenantId, async (tx) => {
    const row = await tx
      .selectFrom("booking as b")
      .innerJoin("professional as p", (join) => join.onRef("p.tenant_id", "=", "b.tenant_id").onRef("p.id", "=", "b.professional_id"))
      .innerJoin("tenant as t", "t.tenant_id", "b.tenant_id")
      .select(["b.id", "b.professional_id", "p.name", "b.starts_at", "b.ends_at", "b.moves", "t.timezone"])
      .where("b.id", "=", bookingId)
      .executeTakeFirst();
    if (!row) throw new Refusal("checkout_unknown");
    return {
      id: row.id,
      professionalId: row.professional_id,
      professionalName: row.name,
      start: row.starts_at.toISOString(),
      end: row.ends_at.toISOString(),
      timezone: row.timezone,
      moves: row.moves,
    };
  });
}
