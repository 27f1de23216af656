import { type RawBuilder, sql } from "kysely";
import type { Mode } from "#contracts/ledger/ledger.ts";
import { approvedStates, goneStates, moneyEvents, statesThatLeaveMoney } from "#domain/ledger/money-moves.ts";

/** From an instant up to another one, without it. Both as PostgreSQL writes them. */
export type Span = { from: string; to: string };
export type LedgerWish = { tenantId: string; mode: Mode; span: Span };

const listOf = (words: readonly string[]): RawBuilder<unknown> => sql.raw(words.map((word) => `'${word}'`).join(", "));
/** Literals: the partial index of these events answers no parameter. */
const kinds = listOf(moneyEvents);

/** When the money of a charge came. The index charge_by_time has the same words. */
export const takenAt = sql`coalesce(c.approved_at, c.created_at)`;

/** Not what another connection settled, nor a sale that was not made here. */
const isOurs = sql`c.amount_minor > 0 and (c.payment_id is not null or c.outcome is not null)`;

/**
 * Selects every move of money in the span: the one source of lists, sums and the sales journal. Of
 * one charge, all that has gone is never more than came: by cases that are done, or the whole while
 * it is with the bank. A line is the difference to the line before.
 */
export function ledgerLines({ tenantId, mode, span: { from, to } }: LedgerWish): RawBuilder<unknown> {
  const inSpan = (at: RawBuilder<unknown>) => sql`${at} >= ${from}::timestamptz and ${at} < ${to}::timestamptz`;
  return sql`
    with moved as materialized (
      select distinct coalesce(r.charge_id, (e.details ->> 'chargeId')::uuid) as charge_id
      from event e
      left join refund_case r on r.tenant_id = e.tenant_id and r.id = (e.details ->> 'refundCaseId')::uuid
      where e.tenant_id = ${tenantId} and e.kind in (${kinds}) and ${inSpan(sql`e.created_at`)}
    ), fact as (
      select c.id as charge_id, c.amount_minor::bigint as whole, e.id, e.created_at as at, e.kind, r.amount_minor::bigint as sent,
        e.details ->> 'state' in (${listOf(statesThatLeaveMoney("part"))}) as is_part,
        case
          when e.kind = 'payment.restored' then false
          when e.details ->> 'state' in (${listOf(statesThatLeaveMoney("away"))}) then true
        end as turns_away
      from moved m
      join charge c on c.tenant_id = ${tenantId} and c.id = m.charge_id and ${isOurs}
      cross join lateral (
        select p.checkout_id as id from payment p where p.tenant_id = c.tenant_id and p.id = c.payment_id
        union
        select coalesce(o.checkout_id, o.id) from refund_case o where o.tenant_id = c.tenant_id and o.charge_id = c.id
      ) subject
      join event e on e.tenant_id = c.tenant_id and e.subject_id = subject.id and e.kind in (${kinds})
      left join refund_case r on r.tenant_id = e.tenant_id and r.id = (e.details ->> 'refundCaseId')::uuid
      where coalesce(r.charge_id, (e.details ->> 'chargeId')::uuid) = c.id
    ), running as (
      select fact.*, coalesce(sum(sent) over story, 0) as sent_so_far, count(turns_away) over story as turn
      from fact window story as (partition by charge_id order by at, id)
    ), standing as (
      select running.*, case
          when first_value(turns_away) over (partition by charge_id, turn order by at, id) then whole
          else least(whole, sent_so_far)
        end as gone
      from running
    ), step as (
      select standing.*, coalesce(lag(gone) over (partition by charge_id order by at, id), 0) - gone as amount_minor from standing
    ), line as (
      select c.id, ${takenAt} as at, 'payment' as kind, c.id as charge_id, c.amount_minor::bigint as amount_minor
      from charge c
      where c.tenant_id = ${tenantId} and c.status in (${listOf(approvedStates)}) and ${isOurs} and ${inSpan(takenAt)}
      union all
      -- It came and went before anybody saw it.
      select c.id, ${takenAt}, 'reversal', c.id, 0 - c.amount_minor::bigint
      from charge c
      where c.tenant_id = ${tenantId} and c.status in (${listOf(goneStates)}) and c.outcome is null and ${isOurs} and ${inSpan(takenAt)}
      union all
      select id, at, case
          when kind = 'refund_case.done' then 'refund'
          when kind = 'payment.restored' then 'restored'
          when is_part then 'part_unknown'
          else 'reversal'
        end, charge_id, amount_minor::bigint
      from step
      where (amount_minor <> 0 or is_part) and ${inSpan(sql`at`)}
    )
    select line.*, c.currency, c.method, c.provider_charge_id, c.reference, c.payment_id, ${takenAt} as paid_at, n.provider, n.mode
    from line
    join charge c on c.tenant_id = ${tenantId} and c.id = line.charge_id
    join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
    where n.mode = ${mode}`;
}

/**
 * The end of a span that begins with this one and has about so many lines, so that a file is
 * written in constant memory. Null: no more than that are in it.
 */
export function endAfter({ tenantId, span: { from, to } }: Omit<LedgerWish, "mode">, lines: number): RawBuilder<{ end: string }> {
  const next = (at: RawBuilder<unknown>) => sql`${at} >= ${from}::timestamptz and ${at} < ${to}::timestamptz order by 1 limit ${lines}`;
  return sql<{ end: string }>`
    select ${instant(sql`at + interval '1 microsecond'`)} as end
    from (
      (select ${takenAt} as at from charge c where c.tenant_id = ${tenantId} and ${next(takenAt)})
      union all
      (select e.created_at from event e where e.tenant_id = ${tenantId} and e.kind in (${kinds}) and ${next(sql`e.created_at`)})
    ) place
    order by at offset ${lines - 1} limit 1`;
}

/** To the microsecond, as no Date can. */
export const instant = (at: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
