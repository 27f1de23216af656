import { sql } from "kysely";
import type { CustomerMoney } from "#contracts/customers/customers.ts";
import type { DeskBooking, DeskPayment, DeskRefundCase } from "#contracts/desk/booking.ts";
import type { OnSiteMethod } from "#contracts/desk/limits.ts";
import { type RefundSums, refundSums } from "#domain/desk/refund-choice.ts";
import { isMoneyHere, moneyHereStates } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow, CheckoutRow, PaymentRow, RefundCaseRow } from "#platform/rows.ts";
import { backByTerms } from "./back-by-terms.ts";

type Checkout = Pick<CheckoutRow, "id" | "amount_minor" | "currency" | "paid_charge_id">;

/** What each choice would send back at this moment. */
export async function readMoney(tx: Tx, checkout: Checkout): Promise<RefundSums & { underWayMinor: number }> {
  const charge = checkout.paid_charge_id
    ? await tx.selectFrom("charge").select(["amount_minor", "status"]).where("id", "=", checkout.paid_charge_id).executeTakeFirst()
    : undefined;
  const { sent, underWay } = await tx
    .selectFrom("refund_case")
    .select(sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as("sent"))
    .select(sql<number>`coalesce(sum(amount_minor) filter (where state <> 'done'), 0)::bigint`.as("underWay"))
    .where("charge_id", "=", checkout.paid_charge_id ?? checkout.id)
    .where("withdrawn_at", "is", null)
    .executeTakeFirstOrThrow();
  const sums = refundSums({
    paidMinor: charge?.amount_minor ?? 0,
    isHere: charge !== undefined && isMoneyHere(charge.status),
    sentBackMinor: sent,
    termsMinor: await backByTerms(tx, checkout),
  });
  return { ...sums, underWayMinor: underWay };
}

/**
 * What the purchases of one customer add up to, by currency: what paid for them, and what of it
 * went back or is on its way.
 */
export async function readCustomerMoney(tx: Tx, customerIds: readonly string[]): Promise<CustomerMoney[]> {
  const { rows } = await sql<{ currency: string; paid: number; sent: number; under_way: number; spent: number }>`
    select c.currency, sum(c.amount_minor)::bigint as paid, sum(r.sent)::bigint as sent, sum(r.under_way)::bigint as under_way,
      coalesce(sum(greatest(0, c.amount_minor - r.sent)) filter (where c.status = any (${[...moneyHereStates]})), 0)::bigint as spent
    from checkout k
    join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
    cross join lateral (
      select coalesce(sum(amount_minor), 0) as sent, coalesce(sum(amount_minor) filter (where state <> 'done'), 0) as under_way
      from refund_case r where r.tenant_id = c.tenant_id and r.charge_id = c.id and r.withdrawn_at is null
    ) r
    where k.tenant_id = current_tenant() and k.customer_id = any (${customerIds}::uuid[])
    group by c.currency order by c.currency`.execute(tx);
  return rows.map(({ currency, paid, sent, under_way, spent }) => ({
    currency,
    paidMinor: paid,
    sentBackMinor: sent,
    underWayMinor: under_way,
    spentMinor: spent,
  }));
}

/** At most so many of each, the newest: nobody opens more payments for one booking. */
const rowsMax = 100;

export async function readPayments(tx: Tx, checkout: Checkout): Promise<DeskPayment[]> {
  const { rows: payments } = await sql<PaidRow>`
    select p.id, p.provider, p.reference, p.status, p.amount_minor, p.currency, p.created_at,
      s.method, s.reference as slip, s.taken_by, s.taken_at, coalesce(m.name, k.name) as taker
    from payment p
    left join on_site_receipt s on s.tenant_id = p.tenant_id and s.payment_id = p.id
    left join member m on m.tenant_id = s.tenant_id and s.taken_by = 'member:' || m.id
    left join api_key k on k.tenant_id = s.tenant_id and s.taken_by = 'api-key:' || k.id
    where p.tenant_id = current_tenant() and p.checkout_id = ${checkout.id}
    order by p.created_at desc limit ${rowsMax}`.execute(tx);
  if (payments.length === 0) return [];
  const ids = payments.map(({ id }) => id);
  const charges = await tx
    .selectFrom("charge")
    .selectAll()
    .where("payment_id", "in", ids)
    .orderBy("created_at", "desc")
    .limit(rowsMax)
    .execute();
  return payments.map(({ id, provider, reference, status, currency, ...payment }) => ({
    ...{ id, provider, reference, status, currency },
    amountMinor: payment.amount_minor,
    createdAt: payment.created_at.toISOString(),
    onSite: onSiteOf(payment),
    charges: charges
      .filter(({ payment_id }) => payment_id === id)
      .map((charge) => ({ ...chargeOf(charge), isWhatPaid: charge.id === checkout.paid_charge_id })),
  }));
}

type PaidRow = Pick<PaymentRow, "id" | "provider" | "reference" | "status" | "amount_minor" | "currency" | "created_at"> & {
  method: OnSiteMethod | null;
  slip: string | null;
  taken_by: string | null;
  taken_at: Date | null;
  taker: string | null;
};

function onSiteOf({ method, slip, taken_by, taken_at, taker }: Omit<PaidRow, keyof PaymentRow>): DeskPayment["onSite"] {
  if (!method || !taken_by || !taken_at) return null;
  return { method, reference: slip, takenAt: taken_at.toISOString(), takenBy: actorOf(taken_by, taker) };
}

function chargeOf(charge: ChargeRow): Omit<DeskPayment["charges"][number], "isWhatPaid"> {
  return {
    id: charge.id,
    providerChargeId: charge.provider_charge_id,
    status: charge.status,
    providerStatus: charge.provider_status,
    amountMinor: charge.amount_minor,
    tipMinor: charge.tip_minor,
    currency: charge.currency,
    method: charge.method,
    approvedAt: charge.approved_at?.toISOString() ?? null,
    createdAt: charge.created_at.toISOString(),
  };
}

/** Oldest first. */
export async function readRefundCases(tx: Tx, checkoutIds: readonly string[]): Promise<DeskRefundCase[]> {
  const rows = await tx
    .selectFrom("refund_case")
    .selectAll()
    .where("checkout_id", "in", checkoutIds)
    .orderBy("created_at")
    .limit(rowsMax)
    .execute();
  return rows.map(refundCaseOf);
}

export function refundCaseOf(row: RefundCaseRow): DeskRefundCase {
  return {
    id: row.id,
    reason: row.reason,
    state: row.state,
    method: row.method,
    amountMinor: row.amount_minor,
    currency: row.currency,
    dueAt: row.due_at.toISOString(),
    attempts: row.attempts,
    lastError: row.last_error,
    proof: row.proof,
    isWithdrawn: row.withdrawn_at !== null,
    createdAt: row.created_at.toISOString(),
  };
}

/** Notes of one booking, oldest first. */
export async function readNotes(tx: Tx, bookingId: string): Promise<DeskBooking["notes"]> {
  const { rows } = await sql<{ id: string; text: string; created_at: Date; actor: string; name: string | null }>`
    select n.id, n.text, n.created_at, n.actor, coalesce(m.name, k.name) as name
    from booking_note n
    left join member m on m.tenant_id = n.tenant_id and n.actor = 'member:' || m.id
    left join api_key k on k.tenant_id = n.tenant_id and n.actor = 'api-key:' || k.id
    where n.tenant_id = current_tenant() and n.booking_id = ${bookingId}
    order by n.created_at limit ${rowsMax}`.execute(tx);
  return rows.map(({ id, text, created_at, actor, name }) => ({ id, text, at: created_at.toISOString(), actor: actorOf(actor, name) }));
}

export function actorOf(actor: string, name: string | null): { kind: string; id: string | null; name: string | null } {
  const [kind = "", id = null] = actor.split(":");
  return { kind, id, name };
}
