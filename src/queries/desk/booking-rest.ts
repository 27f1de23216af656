import { sql } from "kysely";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { isMoneyHere } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { ChargeRow, CheckoutRow } from "#platform/rows.ts";

type Rest = Pick<CheckoutRow, "id" | "status" | "amount_minor" | "currency" | "paid_charge_id" | "ends_at" | "reversal_answer"> & {
  paid_at: Date | null;
  charge_status: ChargeRow["status"] | null;
  sent: number;
  is_open: boolean;
};

/** The checkout of a booking's rest. Returns null if nobody has asked for it. */
export async function readRest(tx: Tx, bookingId: string): Promise<Rest | null> {
  const { rows } = await sql<Rest>`
    select k.id, k.status, k.amount_minor, k.currency, k.paid_charge_id, k.ends_at, k.reversal_answer, c.status as charge_status,
      coalesce(c.approved_at, c.created_at) as paid_at, k.status = 'pending' and k.ends_at > now() as is_open,
      (select coalesce(sum(amount_minor), 0)::bigint from refund_case f
        where f.tenant_id = k.tenant_id and f.charge_id = k.paid_charge_id and f.withdrawn_at is null)
      + (select coalesce(sum(amount_minor), 0)::bigint from charge_refund x
        where x.tenant_id = k.tenant_id and x.charge_id = k.paid_charge_id and x.refund_case_id is null and x.state <> 'failed') as sent
    from booking_rest r
    join checkout k on k.tenant_id = r.tenant_id and k.id = r.id
    left join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
    where r.tenant_id = current_tenant() and r.booking_id = ${bookingId}`.execute(tx);
  return rows[0] ?? null;
}

/** What of it a booking's page shows. `openMinor` is the sum of the SQL function open_rest. */
export function shownRest(rest: Rest | null, { openMinor, url }: { openMinor: number; url: string | null }): DeskBooking["rest"] {
  // Its customer may have cancelled it together with the booking.
  const isRestPaid = rest !== null && (isPaid(rest.status) || rest.paid_charge_id !== null);
  if (!isRestPaid && openMinor === 0) return null;
  const isHere = rest?.charge_status != null && isMoneyHere(rest.charge_status);
  return {
    amountMinor: isRestPaid ? rest.amount_minor : openMinor,
    state: isRestPaid ? "paid" : rest?.is_open ? "asked" : "open",
    paidAt: isRestPaid ? (rest.paid_at?.toISOString() ?? null) : null,
    leftMinor: isRestPaid && isHere ? Math.max(0, rest.amount_minor - rest.sent) : 0,
    url,
  };
}

/** Refuses: nothing_to_refund, of a booking whose rest nobody has paid. */
export async function restOfBooking(tenantId: string, bookingId: string): Promise<string> {
  const rest = await inTenant(tenantId, (tx) => readRest(tx, bookingId));
  if (!rest) throw new Refusal("nothing_to_refund");
  return rest.id;
}

export async function isRestPaid({ tenant_id: tenantId, id }: Pick<CheckoutRow, "tenant_id" | "id">): Promise<boolean> {
  const rest = await inTenant(tenantId, (tx) => readRest(tx, id));
  return rest !== null && isPaid(rest.status);
}

/** What is still to be paid of a booking that stands. */
export async function restDueOf({ tenant_id: tenantId, id }: Pick<CheckoutRow, "tenant_id" | "id">): Promise<number> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<{ due: number }>`
      select open_rest(b, k) as due from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
      where b.tenant_id = current_tenant() and b.id = ${id}`.execute(tx);
    return rows[0]?.due ?? 0;
  });
}
