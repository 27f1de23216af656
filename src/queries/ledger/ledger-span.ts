import { sql } from "kysely";
import type { Mode } from "#contracts/ledger/ledger.ts";
import type { Tx } from "#platform/db.ts";
import { instant, type Span } from "./ledger-lines.ts";

export type Month = { month: string; timezone: string; mode: Mode; span: Span };

/** The month that is asked for, else the present one, in the tenant's zone. */
export async function readMonth(tx: Tx, { month, mode }: { month?: string | undefined; mode?: Mode | undefined }): Promise<Month> {
  const { rows } = await sql<{ month: string; timezone: string } & Span>`
    select to_char(begins, 'YYYY-MM') as month, timezone,
      ${instant(sql`begins at time zone timezone`)} as from,
      ${instant(sql`(begins + interval '1 month') at time zone timezone`)} as to
    from tenant, lateral (
      select coalesce((${month ? `${month}-01` : null}::text)::timestamp, date_trunc('month', now() at time zone timezone)) as begins
    ) month
    where tenant_id = current_tenant()`.execute(tx);
  const [found] = rows;
  if (!found) throw new Error("one row was asked for");
  const { from, to, ...rest } = found;
  return { ...rest, mode: mode ?? (await presentMode(tx)), span: { from, to } };
}

/** One day, today by default. */
export async function readDay(tx: Tx, { day, mode }: { day?: string | undefined; mode?: Mode | undefined }) {
  const { rows } = await sql<{ day: string } & Span>`
    select to_char(begins, 'YYYY-MM-DD') as day,
      ${instant(sql`begins at time zone timezone`)} as from,
      ${instant(sql`(begins + interval '1 day') at time zone timezone`)} as to
    from tenant, lateral (select coalesce(${day ?? null}::date::timestamp, date_trunc('day', now() at time zone timezone)) as begins) day
    where tenant_id = current_tenant()`.execute(tx);
  const [found] = rows;
  if (!found) throw new Error("one row was asked for");
  const { from, to, ...rest } = found;
  return { ...rest, mode: mode ?? (await presentMode(tx)), span: { from, to } };
}

/** Real money, unless the merchant takes test payments only. */
async function presentMode(tx: Tx): Promise<Mode> {
  const { rows } = await sql<{ is_test: boolean }>`
    select not exists (select from connection where tenant_id = current_tenant() and (kind = 'desk' or kind = 'payment' and mode = 'production'))
      and exists (
        select from connection where tenant_id = current_tenant() and kind = 'payment' and mode = 'test' and id <> tenant_id
      ) as is_test`.execute(tx);
  return rows[0]?.is_test ? "test" : "production";
}
