import { sql } from "kysely";
import { unsettledStates } from "#domain/payment-states.ts";
import type { OwnCharge } from "#domain/provider-differences.ts";
import { inSystem } from "#platform/db.ts";

/**
 * What a provider is asked about. Without a payment, only the charge's id leads to it. One that
 * cannot be asked is among them: what it would say is not known.
 */
export type OpenQuestion = {
  tenantId: string;
  connectionId: string;
  payment: { id: string; reference: string; providerPaymentId: string | null; amountMinor: number; currency: string } | null;
  providerChargeId: string | null;
  inboxEventId: string | null;
  own: OwnCharge[];
};

export const questionsMax = 1000;

/**
 * Everything that is not over: payments that may become money, purchases that are paid and still to
 * come, refund cases, and events that wait. The newest first, one more than the limit at most.
 */
export async function listOpenQuestions(): Promise<OpenQuestion[]> {
  const { rows } = await inSystem((tx) =>
    sql<OpenQuestion>`
      with wanted as (
        select p.tenant_id, p.id from payment p
        where p.status = any (${[...unsettledStates]}) and p.seen_at is null
          and (p.asked_at is null or p.asked_at < p.payable_until)
        union
        select c.tenant_id, c.payment_id from checkout k
          join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
          left join booking b on b.tenant_id = k.tenant_id and b.id = k.id
        where k.status in ('paid', 'confirmed') and coalesce(b.ends_at, k.created_at + interval '30 days') > now()
        union
        select c.tenant_id, c.payment_id from refund_case r join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
        where r.state <> 'done' and c.payment_id is not null
      ), questions as (
        select p.tenant_id, p.connection_id, p.created_at, null as provider_charge_id, null::uuid as inbox_event_id,
          jsonb_build_object('id', p.id, 'reference', p.reference, 'providerPaymentId', p.provider_payment_id,
            'amountMinor', p.amount_minor, 'currency', p.currency) as payment
        from wanted w join payment p on p.tenant_id = w.tenant_id and p.id = w.id where p.amount_minor > 0
        union all
        select c.tenant_id, c.connection_id, r.created_at, c.provider_charge_id, null, null
        from refund_case r join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
        where r.state <> 'done' and c.payment_id is null
        union all
        select e.tenant_id, e.connection_id, e.received_at, e.provider_charge_id, e.id, null
        from inbox_event e where e.state in ('received', 'unmatched') and e.provider_charge_id is not null
      )
      select q.tenant_id as "tenantId", q.connection_id as "connectionId", q.payment,
        q.provider_charge_id as "providerChargeId", q.inbox_event_id as "inboxEventId",
        (select coalesce(jsonb_agg(jsonb_build_object('providerChargeId', c.provider_charge_id, 'state', c.status,
            'amountMinor', c.amount_minor, 'currency', c.currency)), '[]')
          from charge c where c.tenant_id = q.tenant_id and (c.payment_id = (q.payment ->> 'id')::uuid
            or c.connection_id = q.connection_id and c.provider_charge_id = q.provider_charge_id)) as own
      from questions q order by q.created_at desc limit ${questionsMax + 1}`.execute(tx),
  );
  return rows;
}
