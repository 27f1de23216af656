import { sql } from "kysely";
import { listMarginMinutes, marginHours } from "#domain/ledger/settlement-check.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inSystemPerTenant } from "#platform/db.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { checkDay } from "./check-day.ts";
import { listsCharges } from "./listing.ts";
import type { CheckedDay } from "./record-check.ts";

type Due = { tenantId: string; connectionId: string; provider: string; day: string; from: Date; to: Date };
export type Checked = Due & CheckedDay;

/** More are checked some minutes later. */
const atOnceMax = 50;
/** A day that nobody compared, because no worker ran, is made good for so long. */
const daysBack = 3;

const listing = Object.keys(paymentProviders).filter(listsCharges);

/** Compares the days that are over and were not compared yet, or could not be. */
export async function checkDueDays(): Promise<Checked[]> {
  const notYet = sql`not exists (select from settlement_check k where k.tenant_id = d.tenant_id and k.connection_id = d.id and k.day = d.day
    and (k.next_at is null or k.next_at > now()))`;
  const days = sql`select (now() at time zone t.timezone)::date - back as day from generate_series(1, ${daysBack}::int) back`;
  const isOver = sql`now() >= d.to + make_interval(hours => ${marginHours}::int)`;
  return checkAll(await readDays({ days, wanted: sql`${notYet} and ${isOver} and d.has_money`, isOldFirst: true }));
}

/** Compares one day of all connections, or of one merchant's: an operator has asked for it. */
export async function checkGivenDay({ day, tenantId }: { day: string; tenantId?: string | undefined }): Promise<Checked[]> {
  const wanted = tenantId ? sql`d.tenant_id = ${tenantId}` : sql`true`;
  return checkAll(await readDays({ days: sql`select ${day}::date as day`, wanted: sql`${wanted} and d.from < now()`, isOldFirst: false }));
}

type DaysWish = { days: ReturnType<typeof sql>; wanted: ReturnType<typeof sql>; isOldFirst: boolean };

/** `has_money`: it takes payments, or took one shortly before. */
async function readDays({ days, wanted, isOldFirst }: DaysWish): Promise<Due[]> {
  const found = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<Due>`
      select d.tenant_id as "tenantId", d.id as "connectionId", d.provider, to_char(d.day, 'YYYY-MM-DD') as day, d.from, d.to
      from (
        select n.tenant_id, n.id, n.provider, day.day,
          day.day::timestamp at time zone t.timezone as from, (day.day + 1)::timestamp at time zone t.timezone as to,
          exists (
            select from charge c where c.tenant_id = n.tenant_id and c.connection_id = n.id and c.created_at > now() - interval '10 days'
          ) or exists (
            select from payment p where p.tenant_id = n.tenant_id and p.connection_id = n.id and p.created_at > now() - interval '10 days'
          ) as has_money
        from connection n
        join tenant t on t.tenant_id = n.tenant_id
        cross join lateral (${days}) day
        where n.kind = 'payment' and n.provider = any (${listing}::text[]) and ${tenantId === null ? sql`true` : sql`n.tenant_id = ${tenantId}`}
      ) d
      where ${wanted}
      order by d.day, d.tenant_id, d.id
      ${isOldFirst ? sql`limit ${atOnceMax}` : sql``}`.execute(tx);
    return rows;
  });
  return found.flat();
}

async function checkAll(due: readonly Due[]): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const one of due) {
    // What is under way right now would look like a difference.
    const latest = new Date(databaseNow() - listMarginMinutes * 60_000 - 300_000);
    const span = { from: one.from, to: one.to < latest ? one.to : latest };
    if (span.to > span.from) checked.push({ ...one, ...(await checkDay({ ...one, span })) });
  }
  return checked;
}
