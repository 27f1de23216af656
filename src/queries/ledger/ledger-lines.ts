import { type RawBuilder, sql } from "kysely";
import type { Mode } from "#contracts/ledger/ledger.ts";
import { approvedStates, goneStates, moneyEvents, statesThatLeaveMoney } from "#domain/ledger/money-moves.ts";

/** From an instant up to another one, without it. Both as PostgreSQL writes them. */
export type Span = { from: string; to: string };
export type LedgerWish = { tenantId: string; mode: Mode; span: Span };

const listOf = (words: readonly string[]): RawBuilder<unknown> => sql.raw(words.map((word) => `'${word}'`).join(", "));
/** Literals: the partial index of these events answers no parameter. */
const kinds = listOf(moneyEvents);

/**
 * When the money of a charge came, as the index charge_by_time has it. No coalesce: row-level
 * security keeps that from an index, because PostgreSQL does not hold it for leakproof.
 */
export const takenAt = sql`case when c.approved_at is null then c.created_at else c.approved_at end`;

/** Not what another connection settled, nor a sale that was not made here. */
const isOurs = sql`c.amount_minor > 0 and (c.payment_id is not null or c.outcome is not null)`;

/** What a reception takes is real, whatever a provider's keys are. */
export const modeOf = sql`case when n.kind = 'desk' then 'production' else n.mode end`;

const ids = sql`(e.details ->> 'chargeId')::uuid as charge_id, (e.details ->> 'refundCaseId')::uuid as case_id`;

/** What each word about the moved charges has sent, or turned about. */
const factsOf = (tenantId: string): RawBuilder<unknown> => sql`
    history as materialized (
      select e.id, e.created_at as at, e.kind, e.details ->> 'state' as state, ${ids},
        coalesce((e.details ->> 'itemized')::boolean, false) as is_itemized, (e.details ->> 'movedMinor')::bigint as moved,
        (e.details ->> 'wasDone')::boolean as was_done, (e.details ->> 'feeMinor')::bigint as fee
      from subject join event e on e.tenant_id = ${tenantId} and e.subject_id = subject.id and e.kind in (${kinds})
    ), fact as materialized (
      select coalesce(h.charge_id, r.charge_id) as charge_id, h.id, h.at, h.kind, h.fee,
        case
          when h.kind = 'refund_case.done' then r.amount_minor::bigint
          when h.kind = 'refund_case.failed' then case when h.was_done then 0 - r.amount_minor::bigint end
          when h.kind = 'payment.restored' then 0 - h.moved
          else h.moved
        end as sent,
        not h.is_itemized and h.kind = 'payment.reversed' and h.state in (${listOf(statesThatLeaveMoney("part"))}) as is_part,
        case
          -- It says itself how much has moved, or leaves that to the events of a dispute.
          when h.is_itemized or h.kind not in ('payment.reversed', 'payment.restored') then null
          when h.kind = 'payment.restored' then false
          when h.state in (${listOf(statesThatLeaveMoney("away"))}) then true
        end as turns_away
      from history h
      left join refund_case r on r.tenant_id = ${tenantId} and r.id = h.case_id`;

/**
 * Selects every move of money in the span: the one source of lists, sums and the sales journal. Of
 * one charge, all that has gone is never more than came: by cases that are done, or the whole while
 * it is with the bank. A line is the difference to the line before. What is read from JSON is
 * materialized first: row-level security keeps such a word from every index.
 */
export function ledgerLines({ tenantId, mode, span: { from, to } }: LedgerWish): RawBuilder<unknown> {
  const inSpan = (at: RawBuilder<unknown>) => sql`${at} >= ${from}::timestamptz and ${at} < ${to}::timestamptz`;
  const columns = sql`c.currency, c.method, c.provider_charge_id, c.reference, c.payment_id, c.connection_id, ${takenAt} as paid_at,
    c.fee_minor as told_fee_minor`;
  return sql`
    with told as materialized (
      select ${ids} from event e where e.tenant_id = ${tenantId} and e.kind in (${kinds}) and ${inSpan(sql`e.created_at`)}
    ), moved as materialized (
      select charge_id from told where charge_id is not null
      union
      select r.charge_id from told join refund_case r on r.tenant_id = ${tenantId} and r.id = told.case_id
    ), subject as materialized (
      select p.checkout_id as id
      from moved m
      join charge c on c.tenant_id = ${tenantId} and c.id = m.charge_id
      join payment p on p.tenant_id = ${tenantId} and p.id = c.payment_id
      union
      select coalesce(r.checkout_id, r.id) from moved m join refund_case r on r.tenant_id = ${tenantId} and r.charge_id = m.charge_id
    ), ${factsOf(tenantId)}
    ), running as (
      select f.*, c.amount_minor::bigint as whole, ${columns}, coalesce(sum(f.sent) over story, 0)::bigint as sent_so_far,
        count(f.turns_away) over story as turn
      from moved m
      join fact f on f.charge_id = m.charge_id
      join charge c on c.tenant_id = ${tenantId} and c.id = f.charge_id and ${isOurs}
      window story as (partition by f.charge_id order by f.at, f.id)
    ), standing as (
      select running.*, case
          when first_value(turns_away) over (partition by charge_id, turn order by at, id) then whole
          else least(whole, sent_so_far)
        end as gone
      from running
    ), step as (
      select standing.*, coalesce(lag(gone) over (partition by charge_id order by at, id), 0) - gone as amount_minor from standing
    ), line as materialized (
      select c.id, ${takenAt} as at, 'payment' as kind, c.id as charge_id, c.amount_minor::bigint as amount_minor, ${columns}
      from charge c
      where c.tenant_id = ${tenantId} and c.status in (${listOf(approvedStates)}) and ${isOurs} and ${inSpan(takenAt)}
      union all
      -- It came and went before anybody saw it.
      select c.id, ${takenAt}, 'reversal', c.id, 0 - c.amount_minor::bigint, ${columns}
      from charge c
      where c.tenant_id = ${tenantId} and c.status in (${listOf(goneStates)}) and c.outcome is null and ${isOurs} and ${inSpan(takenAt)}
      union all
      select id, at, case
          when kind = 'refund_case.done' then 'refund'
          when kind in ('payment.restored', 'refund_case.failed') or kind = 'dispute.changed' and amount_minor > 0 then 'restored'
          when is_part then 'part_unknown'
          else 'reversal'
        end, charge_id, amount_minor, currency, method, provider_charge_id, reference, payment_id, connection_id, paid_at,
        told_fee_minor
      from step
      where (amount_minor <> 0 or is_part) and ${inSpan(sql`at`)}
      union all
      -- Beside what the bank holds, and never a part of it.
      select id, at, case when fee > 0 then 'dispute_fee' else 'dispute_fee_back' end, charge_id, 0 - fee, currency, method,
        provider_charge_id, reference, payment_id, connection_id, paid_at, null
      from step
      where fee <> 0 and ${inSpan(sql`at`)}
    )
    select line.*, n.provider, ${modeOf} as mode
    from line join connection n on n.tenant_id = ${tenantId} and n.id = line.connection_id and ${modeOf} = ${mode}`;
}

/**
 * The end of a span that begins with this one and has about so many lines, so that a file is
 * written in constant memory. Gives no row if there are no more than that.
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
