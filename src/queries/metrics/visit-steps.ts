import { type RawBuilder, sql } from "kysely";

/**
 * Visits with the last step that each has reached, counted from 1 (domain/metrics/funnel.ts). What
 * the money did is asked of charges and events, by their indexes, for visits with a payment page.
 */
export function visitSteps(isWanted: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select v.*, approved.at as approved_at, confirmed.at as confirmed_at,
      case
        when confirmed.at is not null then 7
        when approved.at is not null then 6
        when v.payment_at is not null then 5
        when v.details_at is not null then 4
        when v.slot_at is not null then 3
        when v.service_at is not null then 2
        else 1
      end as step
    from visit v
    left join lateral (
      select min(coalesce(c.approved_at, c.created_at)) as at
      from payment p join charge c on c.tenant_id = p.tenant_id and c.payment_id = p.id
      where p.tenant_id = v.tenant_id and p.checkout_id = v.checkout_id and c.outcome is not null
    ) approved on v.checkout_id is not null
    left join lateral (
      select min(e.created_at) as at from event e
      where e.tenant_id = v.tenant_id and e.subject_id = v.checkout_id and e.kind = 'booking.confirmed'
    ) confirmed on v.checkout_id is not null
    where ${isWanted}`;
}
