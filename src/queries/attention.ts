import { type RawBuilder, sql } from "kysely";
import { type AttentionKind, attentionKinds } from "#contracts/attention.ts";
import { inSystem, type Tx } from "#platform/db.ts";

export type AttentionItem = { kind: AttentionKind; tenantId: string; subject: { kind: string; id: string }; since: string; todo: string };

const itemsMax = 100;

/** Each query gives tenant_id, id and since. */
const waits: Record<AttentionKind, { subject: string; todo: string; query: string }> = {
  provider_does_not_answer: {
    subject: "payment",
    todo: "See whether the provider is away and whether the connection's keys are right. It is asked again by itself.",
    query: `select tenant_id, id, failing_since as since from payment
      where failing_since < now() - interval '5 minutes' and seen_at is null`,
  },
  payment_not_answered: {
    subject: "payment",
    todo: "Look for its reference in the provider's panel. Approved there: nothing to do, it is settled or sent back once the provider answers. Else mark it as seen.",
    query: `select p.tenant_id, p.id, p.expires_at as since from checkout k
      join payment p on p.tenant_id = k.tenant_id and p.checkout_id = k.id
      where k.paid_charge_id is null and k.status <> 'pending' and k.ends_at < now() - interval '30 minutes' and is_unanswered(p)
        and (p.can_be_asked or p.status = 'pending')`,
  },
  approval_not_settled: {
    subject: "inbox_event",
    todo: "The provider has signed an approval that its API does not show. Its slot waits. Look for the charge in the provider's panel.",
    query: `select tenant_id, id, received_at as since from inbox_event
      where state in ('received', 'unmatched') and is_approval and received_at < now() - interval '5 minutes'`,
  },
  refund_case_manual: {
    subject: "refund_case",
    todo: "Send the money back in the provider's panel, then close the case with its proof.",
    query: `select tenant_id, id, created_at as since from refund_case where state <> 'done'
      and (state = 'manual' or method = 'manual' or due_at < now())`,
  },
  charge_facts_differ: {
    subject: "charge",
    todo: "The provider named different money at different times. See in its panel which is right.",
    query: `select tenant_id, charge_id as id, max(told_at) as since from charge_fact f
      where told_at > now() - interval '30 days'
        and not exists (select from refund_case r where r.tenant_id = f.tenant_id and r.charge_id = f.charge_id)
      group by 1, 2`,
  },
  reversal_open: {
    subject: "checkout",
    todo: "The money went back in the provider's panel. Ask the merchant whether the purchase stands, and say it: POST /api/operator/checkouts/{id}/reversal.",
    query: `select tenant_id, id, updated_at as since from checkout where reversal_answer = 'open'`,
  },
  follow_up_failed: {
    subject: "follow_up",
    todo: "Read its last error, mend what it names, then run it again.",
    query: `select tenant_id, id, updated_at as since from follow_up where state = 'attention'`,
  },
  callback_disabled: {
    subject: "tenant",
    todo: "The merchant's server has refused callbacks for days. Ask them for an address that works.",
    query: `select tenant_id, tenant_id as id, disabled_at as since from callback_endpoint where disabled_at is not null`,
  },
};

/** What waits for a person, at most 100 of each kind, oldest first. It breaks no promise. */
export async function listAttention(): Promise<AttentionItem[]> {
  return inSystem(async (tx) => {
    const items = await readWaits(tx, sql`true`);
    return items.map(({ checkoutId: _, ...item }) => item);
  });
}

/** The same of one merchant, with the booking or order that each is about. */
export function attentionOf(tenantId: string): Promise<(AttentionItem & { checkoutId: string | null })[]> {
  return inSystem((tx) => readWaits(tx, sql`w.tenant_id = ${tenantId}`));
}

/** Each gives tenant_id, id, since and checkout_id, which of a booking's rest is the booking's. */
export function waitsOf(kind: AttentionKind): RawBuilder<unknown> {
  const { subject, query } = waits[kind];
  return sql`select w.*, case when t.booking_id is null then about.id else t.booking_id end as checkout_id
    from (${sql.raw(query)}) w
      cross join lateral (select (${sql.raw(checkoutOf[subject] ?? "null::uuid")}) as id) about
      left join booking_rest t on t.tenant_id = w.tenant_id and t.id = about.id`;
}

/** By the kind of a subject. */
const checkoutOf: Readonly<Record<string, string>> = {
  payment: "select checkout_id from payment x where x.tenant_id = w.tenant_id and x.id = w.id",
  refund_case: "select checkout_id from refund_case x where x.tenant_id = w.tenant_id and x.id = w.id",
  charge: `select p.checkout_id from charge x join payment p on p.tenant_id = x.tenant_id and p.id = x.payment_id
    where x.tenant_id = w.tenant_id and x.id = w.id`,
  checkout: "w.id",
  follow_up: `select k.id from follow_up x join checkout k on k.tenant_id = x.tenant_id and k.id = x.subject_id
    where x.tenant_id = w.tenant_id and x.id = w.id`,
};

async function readWaits(tx: Tx, isWanted: RawBuilder<unknown>): Promise<(AttentionItem & { checkoutId: string | null })[]> {
  const items: (AttentionItem & { checkoutId: string | null })[] = [];
  for (const kind of attentionKinds) {
    const { subject, todo } = waits[kind];
    const { rows } = await sql<{ tenant_id: string; id: string; since: Date; checkout_id: string | null }>`
      ${waitsOf(kind)} where ${isWanted} order by since limit ${itemsMax}`.execute(tx);
    for (const { tenant_id, id, since, checkout_id } of rows) {
      const about = { kind: subject, id };
      items.push({ kind, tenantId: tenant_id, subject: about, since: since.toISOString(), todo, checkoutId: checkout_id });
    }
  }
  return items;
}

/** Events about other sales on the merchants' accounts. They are never touched. */
export async function countNotOurs(): Promise<number> {
  const { rows } = await inSystem((tx) =>
    sql<{ count: number }>`select count(*)::int as count from inbox_event where state = 'not_ours'`.execute(tx),
  );
  return rows[0]?.count ?? 0;
}

export type OtherKind = {
  tenantId: string;
  connectionId: string;
  provider: string;
  eventKind: string;
  count: number;
  since: string;
};

/**
 * Genuine webhooks that are about no charge: nothing was done by them. Once for each kind and
 * connection, the newest kinds first, so that a kind which nobody here knows is seen.
 */
export async function listOtherKinds(): Promise<OtherKind[]> {
  const { rows } = await inSystem((tx) =>
    sql<Omit<OtherKind, "since"> & { since: Date }>`
      select tenant_id as "tenantId", connection_id as "connectionId", provider, event_kind as "eventKind",
        count(*)::int as count, min(received_at) as since
      from inbox_event where not is_about_charge
      group by tenant_id, connection_id, provider, event_kind order by since desc limit ${itemsMax}`.execute(tx),
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** Slots beyond their customer's end that wait for an answer or for an approval's settling. */
export const waitingSlots = `select c.tenant_id, c.id from slot_claim c
  join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
  where c.state in ('held', 'paying') and c.state = 'paying' and k.status = 'pending' and k.ends_at < now() - interval '3 minutes'
    and (c.expires_at > now() or approval_waits(c.tenant_id, c.checkout_id))`;
