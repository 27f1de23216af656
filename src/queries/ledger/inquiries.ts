import { type RawBuilder, sql } from "kysely";
import type { Inquiry, InquiryDetails, InquiryResult } from "#contracts/ledger/inquiries.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";

const shown = 20;

/** Questions about many payments, the newest first, and how far each is. */
export function listInquiries(tenantId: string): Promise<Inquiry[]> {
  return inTenant(tenantId, (tx) => read(tx, sql`true`));
}

/** Refuses: inquiry_unknown. */
export function loadInquiry({ tenantId, id }: { tenantId: string; id: string }): Promise<InquiryDetails> {
  return inTenant(tenantId, async (tx) => {
    const [found] = await read(tx, sql`q.id = ${id}`);
    if (!found) throw new Refusal("inquiry_unknown");
    const { rows: notable } = await sql<InquiryDetails["notable"][number]>`
      select p.id as "paymentId", p.reference, p.provider, i.result, p.status as state, p.checkout_id as "checkoutId", k.kind as "checkoutKind"
      from payment_inquiry_item i
      join payment p on p.tenant_id = i.tenant_id and p.id = i.payment_id
      join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
      where i.tenant_id = ${tenantId} and i.inquiry_id = ${id} and i.result <> 'same'
      order by array_position(array['became_paid', 'changed', 'no_answer', 'cannot_be_asked'], i.result), i.payment_id desc
      limit 100`.execute(tx);
    return { ...found, notable };
  });
}

type Row = {
  id: string;
  from_at: Date;
  to_at: Date;
  provider: string | null;
  created_at: Date;
  done_at: Date | null;
  payments: number;
  results: Partial<Record<InquiryResult, number>>;
};

async function read(tx: Tx, wanted: RawBuilder<unknown>): Promise<Inquiry[]> {
  const { rows } = await sql<Row>`
    select q.id, q.from_at, q.to_at, q.provider, q.created_at, q.done_at,
      coalesce(sum(i.count), 0)::int as payments,
      coalesce(jsonb_object_agg(i.result, i.count) filter (where i.result is not null), '{}') as results
    from (select * from payment_inquiry q where q.tenant_id = current_tenant() and ${wanted} order by created_at desc limit ${shown}) q
    left join lateral (
      select result, count(*)::int as count from payment_inquiry_item x
      where x.tenant_id = q.tenant_id and x.inquiry_id = q.id group by result
    ) i on true
    group by q.id, q.from_at, q.to_at, q.provider, q.created_at, q.done_at
    order by q.created_at desc`.execute(tx);
  return rows.map(({ id, from_at, to_at, provider, created_at, done_at, payments, results: told }) => {
    const results = { became_paid: 0, changed: 0, same: 0, no_answer: 0, cannot_be_asked: 0, ...told };
    const asked = Object.values(results).reduce((sum, count) => sum + count, 0);
    const span = { from: from_at.toISOString(), to: to_at.toISOString() };
    return { id, ...span, provider, startedAt: created_at.toISOString(), doneAt: done_at?.toISOString() ?? null, payments, asked, results };
  });
}
