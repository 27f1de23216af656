import { type RawBuilder, sql } from "kysely";
import { payingGraceSeconds } from "#domain/hold-times.ts";
import { openStates } from "#domain/payment-states.ts";
import { inSystemPerTenant, ofTenant, type Tx } from "#platform/db.ts";
import { confirmCheckout } from "./checkouts/confirm-checkout.ts";
import { expireCheckout } from "./checkouts/expire-checkout.ts";
import { retireClaims } from "./claims/retire-claims.ts";
import { planSummaries } from "./notices/plan-summaries.ts";
import { tellOfAttention } from "./notices/tell-of-attention.ts";
import { giveUpRefundCases } from "./refund-cases/give-up.ts";
import { planReminders } from "./reminders/plan-reminders.ts";

const batchMax = 500;

type Swept = { lapsedHolds: number; expired: number; revivedFollowUps: number; revivedQuestions: number; retiredClaims: number };

/**
 * Tidies what time has already decided and repairs what a crash may have left. Safe to run at any
 * moment, any number of times. No slot and no payment depends on it.
 */
export async function sweep(): Promise<Swept> {
  const lapsedHolds = await relabelLapsedHolds();
  const expired = await expireCheckouts();
  const revivedFollowUps = await reviveFollowUps();
  const revivedQuestions = await reviveQuestions();
  await confirmKeptPromises();
  await giveUpRefundCases();
  await tellOfAttention();
  await planSummaries();
  await planReminders();
  await inEachTenant(endOldPayments);
  const retiredClaims = await inEachTenant((tx, isOurs) => retireClaims(tx, { isOurs, max: retiredMax }));
  await inEachTenant(async (tx, isOurs) => {
    const old = await sql`delete from idempotency_key where created_at < now() - interval '24 hours' and ${isOurs}`.execute(tx);
    return Number(old.numAffectedRows ?? 0n);
  });
  return { lapsedHolds, expired, revivedFollowUps, revivedQuestions, retiredClaims };
}
const retiredMax = 5000;

/**
 * Holds that lapsed become `expired`. Their rows are deleted after two hours, and counted for the
 * metrics by the merchant's day.
 */
export function relabelLapsedHolds(): Promise<number> {
  return inEachTenant(async (tx, isOurs) => {
    const relabelled = await sql`
      update slot_claim c set state = 'expired' from (
        select tenant_id, id from slot_claim where state = 'held' and expires_at <= now() and ${isOurs}
        order by id limit ${batchMax} for update skip locked
      ) lapsed where c.tenant_id = lapsed.tenant_id and c.id = lapsed.id`.execute(tx);
    await sql`
      with gone as (
        delete from slot_claim c using (
          select tenant_id, id from slot_claim
          where checkout_id is null and state in ('released', 'expired') and created_at < now() - interval '2 hours'
            and ${isOurs}
          limit ${batchMax}
        ) old where c.tenant_id = old.tenant_id and c.id = old.id
        returning c.tenant_id, c.state, c.service_id, c.professional_id, c.expires_at
      )
      insert into metric as m (tenant_id, name, day, metadata, value)
      select tenant_id, 'hold_lapsed', (expires_at at time zone timezone)::date as day,
        jsonb_build_object('service', service_id, 'professional', professional_id) as metadata, count(*)
      from gone join tenant using (tenant_id) where state = 'expired' group by tenant_id, day, metadata
      on conflict (tenant_id, name, day, metadata) do update set value = m.value + excluded.value`.execute(tx);
    return Number(relabelled.numAffectedRows ?? 0n);
  });
}

type Due = { kind?: string; tenantId?: string | null };

/** Expires pending checkouts that are over, if their poll or timer was lost. */
export async function expireCheckouts({ kind, tenantId = null }: Due = {}): Promise<number> {
  const isWanted = sql`${kind === undefined ? sql`true` : sql`kind = ${kind}`} and ${ofTenant(tenantId)}`;
  const due = await checkoutsOfEach(
    sql`${isWanted} and paid_charge_id is null and status = 'pending' and ends_at < now() - make_interval(secs => ${payingGraceSeconds})
      and not approval_waits(checkout.tenant_id, checkout.id)
      and (ends_at < now() - (select make_interval(mins => answer_wait_minutes) from tenant t where t.tenant_id = checkout.tenant_id)
        or not exists (select from payment p where p.tenant_id = checkout.tenant_id and p.checkout_id = checkout.id and is_unanswered(p)))`,
  );
  let expired = 0;
  for (const checkout of due) if (await expireCheckout(checkout)) expired += 1;
  return expired;
}

/**
 * Enqueues due follow-ups that have lost their job (deleted by hand, or a restored backup). They
 * count as due anew: a second look, while the new job runs, must not give them another.
 */
function reviveFollowUps(): Promise<number> {
  return inEachTenant(async (tx, isOurs) => {
    const revived = await sql`
      with lost as (
        select tenant_id, id from follow_up
        where state = 'pending' and run_at < now() - interval '10 minutes' and ${isOurs} limit ${batchMax} for update skip locked
      ), due as (
        update follow_up f set run_at = now() from lost where f.tenant_id = lost.tenant_id and f.id = lost.id
        returning f.tenant_id, f.id, f.job
      )
      select enqueue_job(job, json_build_object('tenantId', tenant_id, 'followUpId', id), job_key := id::text) from due`.execute(tx);
    return revived.rows.length;
  });
}

/** Gives payments and events a new job if they wait for a provider and have none. */
async function reviveQuestions(): Promise<number> {
  const revived = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<{ count: number }>`select enqueue_lost_questions(${tenantId}::uuid, ${batchMax}) as count`.execute(tx);
    return rows[0]?.count ?? 0;
  });
  return revived.reduce((sum, count) => sum + count, 0);
}

/** Confirms `paid` checkouts whose promises are kept, if a crash came before the confirmation. */
async function confirmKeptPromises(): Promise<void> {
  for (const paid of await checkoutsOfEach(sql`status = 'paid' and updated_at < now() - interval '30 seconds'`))
    await confirmCheckout(paid);
}

/**
 * The provider has said after the last moment of these that nothing was approved, or it cannot be
 * asked and no longer tells: nothing can come any more.
 */
async function endOldPayments(tx: Tx, isOurs: RawBuilder<unknown>): Promise<number> {
  const ended = await sql`
    update payment p set status = 'expired', updated_at = now() from (
      select tenant_id, id from payment
      where status = any (${[...openStates]}) and payable_until < now() - interval '1 day' and (asked_at >= payable_until or not can_be_asked)
        and ${isOurs}
      order by id limit ${batchMax} for update skip locked
    ) old where p.tenant_id = old.tenant_id and p.id = old.id`.execute(tx);
  return Number(ended.numAffectedRows ?? 0n);
}

async function checkoutsOfEach(wanted: RawBuilder<unknown>): Promise<{ tenantId: string; checkoutId: string }[]> {
  const found = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<{ tenantId: string; checkoutId: string }>`
      select tenant_id as "tenantId", id as "checkoutId" from checkout
      where ${wanted} and ${ofTenant(tenantId)} order by updated_at desc limit ${batchMax}`.execute(tx);
    return rows;
  });
  return found.flat();
}

async function inEachTenant(run: (tx: Tx, isOurs: RawBuilder<unknown>) => Promise<number>): Promise<number> {
  const counts = await inSystemPerTenant((tx, tenantId) => run(tx, ofTenant(tenantId)));
  return counts.reduce((sum, count) => sum + count, 0);
}
