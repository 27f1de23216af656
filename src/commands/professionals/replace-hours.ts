import { sql } from "kysely";
import type { WeeklyHours } from "#contracts/catalog.ts";
import type { Tx } from "#platform/db.ts";
import type { Changes } from "../changes.ts";

type Week = { tenantId: string; professionalId: string; hours: WeeklyHours };

/** The caller has locked the professional. Returns what has changed. */
export async function replaceHours(tx: Tx, { tenantId, professionalId, hours }: Week): Promise<Changes> {
  const { rows: old } = await sql<{ weekday: number; starts_at: string; ends_at: string }>`
    delete from working_hours where tenant_id = ${tenantId} and professional_id = ${professionalId}
    returning weekday, left(starts_at::text, 5) as starts_at, left(ends_at::text, 5) as ends_at`.execute(tx);
  const own = { tenant_id: tenantId, professional_id: professionalId };
  const rows = hours.map(({ weekday, startsAt, endsAt }) => ({ weekday, starts_at: startsAt, ends_at: endsAt }));
  if (rows.length > 0)
    await tx
      .insertInto("working_hours")
      .values(rows.map((row) => ({ ...own, ...row })))
      .execute();
  const [before, after] = [inWords(old), inWords(rows)];
  return before === after ? {} : { hours: [before, after] };
}

/** As the audit log shows it: "1 09:00–13:00, 1 14:00–18:00". */
function inWords(rows: readonly { weekday: number; starts_at: string; ends_at: string }[]): string {
  return rows
    .map(({ weekday, starts_at, ends_at }) => `${weekday} ${starts_at}–${ends_at}`)
    .sort()
    .join(", ");
}
