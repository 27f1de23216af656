import { sql } from "kysely";
import type { Evidence } from "#contracts/ledger/disputes.ts";
import { Refusal } from "#contracts/problem.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { DisputeRow } from "#platform/rows.ts";
import { disputeOf } from "./disputes.ts";

type Row = DisputeRow & {
  currency: string;
  charge_minor: number;
  charge_id: string;
  provider_charge_id: string;
  reference: string;
  paid_at: Date;
  provider: string;
  checkout_id: string | null;
  customer_name: string | null;
  customer_email: string | null;
  customer_phone: string | null;
  accepted_terms_at: Date | null;
  tenant_name: string;
  locale: string;
  country: string;
  timezone: string;
};

/** All that is known of a disputed payment. Refuses: dispute_unknown. */
export function loadEvidence({ tenantId, disputeId }: { tenantId: string; disputeId: string }): Promise<Evidence> {
  return inTenant(tenantId, async (tx) => {
    const row = await readDispute(tx, disputeId);
    const { checkout_id: checkoutId } = row;
    return {
      language: row.locale,
      country: row.country,
      timezone: row.timezone,
      tenantName: row.tenant_name,
      madeAt: new Date(databaseNow()).toISOString(),
      dispute: disputeOf(row),
      payment: {
        provider: row.provider,
        providerChargeId: row.provider_charge_id,
        reference: row.reference,
        amountMinor: row.charge_minor,
        currency: row.currency,
        paidAt: row.paid_at.toISOString(),
      },
      customer: checkoutId ? { name: row.customer_name ?? "", email: row.customer_email ?? "", phone: row.customer_phone ?? "" } : null,
      terms: row.accepted_terms_at ? await readTerms(tx, row.accepted_terms_at) : null,
      appointment: checkoutId ? await readAppointment(tx, checkoutId) : null,
      mails: checkoutId ? await readMails(tx, checkoutId) : [],
      visits: checkoutId ? await readVisits(tx, checkoutId) : [],
      refunds: await readRefunds(tx, row.charge_id),
      events: checkoutId ? await readEvents(tx, checkoutId) : [],
    };
  });
}

async function readDispute(tx: Tx, id: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select d.*, c.currency, c.amount_minor as charge_minor, c.id as charge_id, c.provider_charge_id, c.reference,
      coalesce(c.approved_at, c.created_at) as paid_at, n.provider,
      k.id as checkout_id, k.customer_name, k.customer_email, k.customer_phone, k.accepted_terms_at,
      t.name as tenant_name, t.locale, t.country, t.timezone
    from dispute d
    join charge c on c.tenant_id = d.tenant_id and c.id = d.charge_id
    join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
    join tenant t on t.tenant_id = d.tenant_id
    left join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
    left join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
    where d.tenant_id = current_tenant() and d.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Refusal("dispute_unknown");
  return row;
}

/**
 * The terms as they were then: the log has each change with its text before. `changedAt`: since
 * when that version stood; null if it was never changed before.
 */
async function readTerms(tx: Tx, acceptedAt: Date): Promise<Evidence["terms"]> {
  const { rows } = await sql<{ text: string | null; changed_at: Date | null }>`
    with change as (
      select created_at, changes -> 'terms_text' ->> 0 as before from event
      where tenant_id = current_tenant() and kind = 'tenant.updated' and changes is not null and changes ? 'terms_text'
    ), next as (select before from change where created_at > ${acceptedAt} order by created_at limit 1)
    select case when exists (select from next) then (select before from next) else t.terms_text end as text,
      (select max(created_at) from change where created_at <= ${acceptedAt}) as changed_at
    from tenant t where t.tenant_id = current_tenant()`.execute(tx);
  return { acceptedAt: acceptedAt.toISOString(), text: rows[0]?.text ?? null, changedAt: rows[0]?.changed_at?.toISOString() ?? null };
}

/** Also of its rest, which is paid apart. */
async function readAppointment(tx: Tx, checkoutId: string): Promise<Evidence["appointment"]> {
  const { rows } = await sql<{
    service: string;
    professional: string;
    starts_at: Date;
    ends_at: Date;
    status: string;
    online: boolean;
    attendance: string | null;
    attended_at: Date | null;
  }>`
    select s.name as service, p.name as professional, b.starts_at, b.ends_at, k.status, b.online, b.attendance, b.attended_at
    from booking b
    join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
    join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
    where b.tenant_id = current_tenant() and b.id = coalesce(
      (select booking_id from booking_rest r where r.tenant_id = current_tenant() and r.id = ${checkoutId}), ${checkoutId}::uuid)`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return null;
  const { service, professional, status, online, attendance, attended_at: at } = row;
  return {
    ...{ service, professional, status, online },
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    attendance: attendance && at ? { word: attendance, at: at.toISOString() } : null,
  };
}

const linesMax = 60;

/** Those that left for the customer. */
async function readMails(tx: Tx, checkoutId: string): Promise<Evidence["mails"]> {
  const { rows } = await sql<{ job: string; done_at: Date }>`
    select job, done_at from follow_up
    where tenant_id = current_tenant() and subject_id = ${checkoutId} and job like 'mail-customer-%' and state = 'done' and done_at is not null
    order by done_at limit ${linesMax}`.execute(tx);
  return rows.map(({ job, done_at }) => ({ job, at: done_at.toISOString() }));
}

async function readVisits(tx: Tx, checkoutId: string): Promise<Evidence["visits"]> {
  const { rows } = await sql<{ opened_at: Date; details_at: Date | null; payment_at: Date | null }>`
    select opened_at, details_at, payment_at from visit
    where tenant_id = current_tenant() and checkout_id = ${checkoutId} order by opened_at limit ${linesMax}`.execute(tx);
  return rows.map(({ opened_at, details_at, payment_at }) => ({
    openedAt: opened_at.toISOString(),
    detailsAt: details_at?.toISOString() ?? null,
    paymentAt: payment_at?.toISOString() ?? null,
  }));
}

async function readRefunds(tx: Tx, chargeId: string): Promise<Evidence["refunds"]> {
  const { rows } = await sql<{ amount_minor: number; currency: string; state: string; at: Date; is_outside: boolean }>`
    select r.amount_minor::bigint as amount_minor, r.currency, r.state, r.updated_at as at, false as is_outside from refund_case r
    where r.tenant_id = current_tenant() and r.charge_id = ${chargeId} and r.withdrawn_at is null
    union all
    select x.amount_minor::bigint, c.currency, x.state, coalesce(x.at, x.created_at), true
    from charge_refund x join charge c on c.tenant_id = x.tenant_id and c.id = x.charge_id
    where x.tenant_id = current_tenant() and x.charge_id = ${chargeId} and x.refund_case_id is null
    order by at limit ${linesMax}`.execute(tx);
  return rows.map(({ amount_minor: amountMinor, currency, state, at, is_outside: isOutside }) => {
    return { amountMinor, currency, state, at: at.toISOString(), isOutside };
  });
}

/** What tells the story to a stranger. */
async function readEvents(tx: Tx, checkoutId: string): Promise<Evidence["events"]> {
  const { rows } = await sql<{ kind: string; created_at: Date }>`
    select kind, created_at from event
    where tenant_id = current_tenant() and subject_id = ${checkoutId}
      and kind in ('booking.created', 'booking.paid', 'booking.room_ready', 'booking.rescheduled', 'booking.cancelled', 'booking.attendance_set')
    order by created_at limit ${linesMax}`.execute(tx);
  return rows.map(({ kind, created_at }) => ({ kind, at: created_at.toISOString() }));
}
