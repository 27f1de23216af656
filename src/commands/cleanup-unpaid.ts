import { type RawBuilder, sql } from "kysely";
import { payingGraceSeconds } from "#domain/hold-times.ts";
import { moneyHereStates, unsettledStates } from "#domain/payment-states.ts";
import { inSystem, inSystemPerTenant, ofTenant, type Tx } from "#platform/db.ts";
import { expireCheckouts, relabelLapsedHolds } from "./sweep.ts";

/** Minutes from its making until an attempt that nobody pays is deleted, once it is over. */
const unpaidMinutes = 30;
const batchMax = 1000;

export type Cleaned = { lapsedHolds: number; expiredBookings: number; deletedBookings: number };

/**
 * Closes lapsed attempts, then deletes them with their claims, payments and events. Never touches a
 * checkout with money (paid, or with a refund case). A later approval becomes a refund case.
 */
export async function cleanupUnpaid(): Promise<Cleaned> {
  const lapsedHolds = await relabelLapsedHolds();
  const expiredBookings = await expireCheckouts();
  const deletedBookings = await deleteUnpaid({});
  return { lapsedHolds, expiredBookings, deletedBookings };
}

type Wanted = { kind?: string; tenantId?: string | null };

/** Of one kind or all, of one tenant or all. Returns how many. */
export async function deleteUnpaid({ kind, tenantId = null }: Wanted): Promise<number> {
  const isKind = kind === undefined ? sql`true` : sql`k.kind = ${kind}`;
  let sum = 0;
  for (let isMore = true; isMore; ) {
    const batch = (tx: Tx, ofOne: string | null) => deleteBatch(tx, { tenantId: ofOne, isKind });
    const deleted = tenantId === null ? await inSystemPerTenant(batch) : [await inSystem((tx) => batch(tx, tenantId))];
    sum += deleted.reduce((all, count) => all + count, 0);
    isMore = deleted.some((count) => count === batchMax);
  }
  return sum;
}

/**
 * Deletes attempts for which the provider has answered after the end of each payment, or a person
 * has looked (`commands/settlement/mark-seen.ts`). For a payment that was tried, the end is when no
 * bank can approve it any more. What rang at the merchant's because of them (`arisen`) goes too.
 */
async function deleteBatch(tx: Tx, { tenantId, isKind }: { tenantId: string | null; isKind: RawBuilder<unknown> }): Promise<number> {
  const { rows } = await sql<{ id: string; arisenIds: string[] }>`
      with gone as materialized (
        select k.tenant_id, k.id from checkout k
        where ${tenantId === null ? sql`true` : sql`k.tenant_id = ${tenantId}`} and ${isKind} and k.paid_charge_id is null and k.status in ('expired', 'failed', 'cancelled')
          and k.created_at < now() - make_interval(mins => ${unpaidMinutes})
          and k.ends_at < now() - make_interval(secs => ${payingGraceSeconds})
          and not exists (select from refund_case r where r.tenant_id = k.tenant_id and r.checkout_id = k.id)
          and not exists (
            select from payment p join charge c on c.tenant_id = p.tenant_id and c.payment_id = p.id
            where p.tenant_id = k.tenant_id and p.checkout_id = k.id
              and (c.status = any (${[...moneyHereStates]}) or p.payable_until > now()
                or p.can_be_asked and p.seen_at is null and p.asked_at < p.payable_until and p.status = any (${[...unsettledStates]})))
          and not exists (
            select from payment p where p.tenant_id = k.tenant_id and p.checkout_id = k.id and is_unanswered(p))
          and not approval_waits(k.tenant_id, k.id)
        limit ${batchMax} for update skip locked
      ), arisen as materialized (
        select e.tenant_id, e.id, gone.id as checkout_id from event e join gone
          on e.tenant_id = gone.tenant_id and e.subject_id = gone.tenant_id and e.details ->> 'checkoutId' = gone.id::text
      ), no_follow_ups as (
        delete from follow_up f using gone where f.tenant_id = gone.tenant_id and f.subject_id = gone.id returning 1
      ), no_arisen_follow_ups as (
        delete from follow_up f using arisen a where f.tenant_id = a.tenant_id and f.event_id = a.id returning 1
      ), no_notices as (
        delete from notification n using gone where n.tenant_id = gone.tenant_id and n.checkout_id = gone.id returning 1
      ), no_claims as (
        delete from slot_claim c using gone where c.tenant_id = gone.tenant_id and c.checkout_id = gone.id returning 1
      ), counted as (
        insert into metric as m (tenant_id, name, day, metadata, value)
        select k.tenant_id, 'order_session_ended', (k.created_at at time zone t.timezone)::date as day,
          jsonb_build_object('how', case k.status when 'cancelled' then 'cancelled' else 'expired' end) as metadata, count(*)
        from gone join checkout k on k.tenant_id = gone.tenant_id and k.id = gone.id join tenant t on t.tenant_id = k.tenant_id
        where k.kind = 'order' group by k.tenant_id, day, metadata order by k.tenant_id, day, metadata
        on conflict (tenant_id, name, day, metadata) do update set value = m.value + excluded.value
        returning 1
      ), no_charges as (
        delete from charge c using payment p, gone where p.tenant_id = gone.tenant_id and p.checkout_id = gone.id
          and c.tenant_id = p.tenant_id and c.payment_id = p.id returning 1
      )
      select id, array(select a.id from arisen a where a.checkout_id = gone.id) as "arisenIds" from gone`.execute(tx);
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id);
  const isOurs = sql<boolean>`${ofTenant(tenantId)}`;
  await tx.deleteFrom("event").where(isOurs).where("subject_id", "in", ids).execute();
  const arisenIds = rows.flatMap((row) => row.arisenIds);
  if (arisenIds.length > 0) await tx.deleteFrom("event").where(isOurs).where("id", "in", arisenIds).execute();
  await tx.deleteFrom("payment").where(isOurs).where("checkout_id", "in", ids).execute();
  await tx.deleteFrom("checkout").where(isOurs).where("id", "in", ids).execute();
  return ids.length;
}
