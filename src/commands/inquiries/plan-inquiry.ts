import { sql } from "kysely";
import { inSystemPerTenant, type Tx } from "#platform/db.ts";

type Place = { tenantId: string; inquiryId: string };

/** The next payments of an inquiry are asked about at once. */
export async function planInquiry(tx: Tx, place: Place): Promise<void> {
  await sql`select enqueue_job('ask-payments', ${JSON.stringify(place)}::json, job_key := ${`inquiry-${place.inquiryId}`})`.execute(tx);
}

/** Gives inquiries a new job whose job was lost: for minutes nothing was asked. */
export async function reviveInquiries(): Promise<void> {
  await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<Place>`
      select q.tenant_id as "tenantId", q.id as "inquiryId" from payment_inquiry q
      where q.done_at is null and q.created_at < now() - interval '10 minutes' and ${tenantId === null ? sql`true` : sql`q.tenant_id = ${tenantId}`}
        and not exists (
          select from payment_inquiry_item i
          where i.tenant_id = q.tenant_id and i.inquiry_id = q.id and i.asked_at > now() - interval '10 minutes'
        )`.execute(tx);
    for (const place of rows) await planInquiry(tx, place);
  });
}
