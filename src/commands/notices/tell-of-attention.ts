import { type RawBuilder, sql } from "kysely";
import { type ArisenKind, arisenKinds, disputeDueSoonHours, disputeDueTodayHours, refundReminders } from "#domain/desk/notices.ts";
import { inSystemPerTenant, inTenant } from "#platform/db.ts";
import { waitsOf } from "#queries/attention.ts";
import { logEvent } from "../log-event.ts";

/** More are told a minute later. */
const toldAtOnceMax = 100;
/** What still waits after this long is told again. */
const rememberedDays = 60;

type Arisen = { tenantId: string; kind: ArisenKind; subjectId: string; since: Date; checkoutId: string | null };

/** Rings for what has begun to wait for a person and has no event of its own, once each. */
export async function tellOfAttention(): Promise<void> {
  await inSystemPerTenant(async (tx, tenantId) => {
    await sql`delete from attention_told where told_at < now() - make_interval(days => ${rememberedDays})
      and ${tenantId === null ? sql`true` : sql`tenant_id = ${tenantId}`}`.execute(tx);
  });
  for (const kind of arisenKinds) for (const arisen of await untold(kind)) await tell(arisen);
}

async function untold(kind: ArisenKind): Promise<Arisen[]> {
  const found = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<Arisen>`
      select w.tenant_id as "tenantId", ${kind} as kind, w.id as "subjectId", w.since, w.checkout_id as "checkoutId"
      from (${waitingOf(kind)}) w
        left join attention_told t on t.tenant_id = w.tenant_id and t.kind = ${kind} and t.subject_id = w.id
      where (t.told_at is null or t.told_at < w.since) and ${tenantId === null ? sql`true` : sql`w.tenant_id = ${tenantId}`}
      order by w.since limit ${toldAtOnceMax}`.execute(tx);
    return rows;
  });
  return found.flat();
}

/** A notice that cannot be written must not ask for another one. */
function waitingOf(kind: ArisenKind): RawBuilder<unknown> {
  if (isRefundReminder(kind)) return refundsDue(kind);
  if (kind === "dispute_due_soon") return disputesDue({ fromHours: disputeDueTodayHours, toHours: disputeDueSoonHours });
  if (kind === "dispute_due_today") return disputesDue({ fromHours: 0, toHours: disputeDueTodayHours });
  if (kind === "follow_up_failed")
    return sql`${waitsOf(kind)} where not exists (
      select from follow_up f where f.tenant_id = w.tenant_id and f.id = w.id and f.job = 'notify-merchant')`;
  return waitsOf(kind);
}

type RefundReminder = "refund_due_soon" | "refund_due_today" | "refund_overdue";
const isRefundReminder = (kind: ArisenKind): kind is RefundReminder => refundReminders.includes(kind);

/** Days are the merchant's. A case is in one of these at a time, so that one thing rings once. */
function refundsDue(kind: RefundReminder): RawBuilder<unknown> {
  const due = sql`(r.due_at at time zone t.timezone)::date`;
  const today = sql`(now() at time zone t.timezone)::date`;
  const windows: Record<RefundReminder, { when: RawBuilder<unknown>; since: RawBuilder<unknown> }> = {
    refund_due_soon: { when: sql`${today} = ${due} - 1`, since: sql`(${due} - 1)::timestamp at time zone t.timezone` },
    refund_due_today: { when: sql`${today} = ${due} and r.due_at >= now()`, since: sql`${due}::timestamp at time zone t.timezone` },
    refund_overdue: { when: sql`r.due_at < now()`, since: sql`r.due_at` },
  };
  const { when, since } = windows[kind];
  return sql`select r.tenant_id, r.id, ${since} as since, r.checkout_id from refund_case r join tenant t on t.tenant_id = r.tenant_id
    where r.state <> 'done' and (r.state = 'manual' or r.method = 'manual') and ${when}`;
}

function disputesDue({ fromHours, toHours }: { fromHours: number; toHours: number }): RawBuilder<unknown> {
  const hours = (count: number) => sql`make_interval(hours => ${count})`;
  return sql`select d.tenant_id, d.id, d.evidence_due_at - ${hours(toHours)} as since, p.checkout_id
    from dispute d join charge c on c.tenant_id = d.tenant_id and c.id = d.charge_id
      left join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
    where d.state = 'needs_response' and d.evidence_due_at > now() + ${hours(fromHours)} and d.evidence_due_at <= now() + ${hours(toHours)}`;
}

/** Of two sweeps at once, the row lets one tell it. */
async function tell({ tenantId, kind, subjectId, since, checkoutId }: Arisen): Promise<void> {
  await inTenant(tenantId, async (tx) => {
    const told = await sql`
      insert into attention_told as t (tenant_id, kind, subject_id) values (${tenantId}, ${kind}, ${subjectId})
      on conflict (tenant_id, kind, subject_id) do update set told_at = now() where t.told_at < ${since}
      returning 1`.execute(tx);
    if (told.rows.length === 0) return;
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "attention.arose",
      details: { what: kind, checkoutId, ...aboutOf(kind, subjectId) },
      actor: "system",
    });
  });
}

function aboutOf(kind: ArisenKind, id: string): Record<string, string> {
  if (kind === "follow_up_failed") return { followUpId: id };
  return isRefundReminder(kind) ? { refundCaseId: id } : { subjectId: id };
}
