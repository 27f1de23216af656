import { sql } from "kysely";
import { type CheckDifference, type CheckOutcome, minutesToNextTry } from "#domain/ledger/settlement-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { Span } from "./list-day.ts";

export type CheckWish = { tenantId: string; connectionId: string; day: string; span: Span };
export type CheckedDay = {
  outcome: CheckOutcome;
  listed: number;
  notOurs: number;
  own: number;
  why: string | null;
  differences: CheckDifference[];
};
/** `settled`: charges of which the provider has spoken definitely, so that a difference may end. */
export type Compared = Omit<CheckedDay, "outcome"> & { settled: string[] };

type Place = { tenantId: string; connectionId: string };

/** Ids of the charges whose differences are not over, the oldest first. */
export function openDifferences({ tenantId, connectionId }: Place): Promise<string[]> {
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("settlement_difference")
      .select("provider_charge_id")
      .where("connection_id", "=", connectionId)
      .where("closed_at", "is", null)
      .groupBy("provider_charge_id")
      .orderBy(sql`min(found_at)`)
      .limit(100)
      .execute();
    return rows.map((row) => row.provider_charge_id);
  });
}

/** Keeps how the day compared, with what differs. Nothing else is written by a check. */
export function recordCheck(wish: CheckWish, checked: Compared & { outcome: CheckOutcome }): Promise<void> {
  return inTenant(wish.tenantId, async (tx) => {
    await keepDifferences(tx, wish, checked);
    await keepOutcome(tx, wish, checked);
  });
}

async function keepOutcome(
  tx: Tx,
  { tenantId, connectionId, day }: CheckWish,
  checked: Compared & { outcome: CheckOutcome },
): Promise<void> {
  const { outcome, listed, notOurs, own, why } = checked;
  const before = await tx
    .selectFrom("settlement_check")
    .select(["tries", "outcome"])
    .where("connection_id", "=", connectionId)
    .where("day", "=", sql<Date>`${day}::date`)
    .forUpdate()
    .executeTakeFirst();
  const tries = before?.outcome === "not_known" ? before.tries + 1 : 1;
  const wait = outcome === "not_known" ? minutesToNextTry(tries) : null;
  const next = wait === null ? sql`null::timestamptz` : sql`now() + make_interval(mins => ${wait}::int)`;
  await sql`
    insert into settlement_check as k (
      tenant_id, connection_id, day, outcome, tries, listed, not_ours, own, why, next_at
    )
    values (
      ${tenantId}, ${connectionId}, ${day}::date, ${outcome}, ${tries}, ${listed}, ${notOurs}, ${own}, ${why?.slice(0, 300) ?? null}, ${next}
    )
    on conflict (tenant_id, connection_id, day) do update set
      outcome = excluded.outcome,
      tries = excluded.tries,
      listed = excluded.listed,
      not_ours = excluded.not_ours,
      own = excluded.own,
      why = excluded.why,
      asked_at = now(),
      next_at = excluded.next_at`.execute(tx);
}

type Found = { differences: readonly CheckDifference[]; settled: readonly string[] };

/**
 * One row for each charge and kind: a day that shows it again adds none. A difference ends only by
 * a definite answer about its charge that no longer shows it.
 */
export async function keepDifferences(tx: Tx, place: Place & { day: string }, { differences, settled }: Found): Promise<void> {
  const { tenantId, connectionId, day } = place;
  await sql`
    insert into settlement_difference as d (
      tenant_id, connection_id, provider_charge_id, kind, reference, day, there, here
    )
    select ${tenantId}, ${connectionId}, "providerChargeId", kind, reference, ${day}::date, there, here
    from jsonb_to_recordset(${JSON.stringify(differences)}::jsonb) as given (
      "providerChargeId" text, kind text, reference text, there text, here text)
    on conflict (tenant_id, connection_id, provider_charge_id, kind) do update set
      there = excluded.there,
      here = excluded.here,
      seen_at = now(),
      found_at = case when d.closed_at is null then d.found_at else now() end,
      closed_at = null`.execute(tx);
  const still = differences.map(({ providerChargeId, kind }) => `${kind} ${providerChargeId}`);
  await sql`
    update settlement_difference set closed_at = now()
    where tenant_id = ${tenantId} and connection_id = ${connectionId} and closed_at is null
      and provider_charge_id = any (${[...settled]}::text[])
      and kind || ' ' || provider_charge_id <> all (${still}::text[])`.execute(tx);
}
