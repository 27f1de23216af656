import { sql } from "kysely";
import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { inquiryPaymentsMax } from "#contracts/ledger/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { logEvent } from "../log-event.ts";
import { planInquiry } from "./plan-inquiry.ts";

type Wish = { tenantId: string; from: string; to: string; provider?: string | undefined };

/**
 * Begins to ask the providers about every payment that was opened in the span, such as after an
 * outage. One at a time. Refuses: inquiry_runs, limit_reached, invalid_request.
 */
export async function startInquiry({ caller, input }: { caller: Caller; input: Wish }): Promise<{ id: string }> {
  const { tenantId, from, to, provider = null } = input;
  if (Date.parse(from) >= Date.parse(to))
    throw new Refusal("invalid_request", "It ends before it begins.", [{ path: "to", message: "must come later" }]);
  const actor = actorOf(caller);
  return inTenant(tenantId, async (tx) => {
    const id = newId();
    await begin(tx, { id, tenantId, from, to, provider, actor });
    const count = await takePayments(tx, { id, tenantId, from, to, provider });
    if (count > inquiryPaymentsMax)
      throw new Refusal("limit_reached", `At most ${inquiryPaymentsMax} payments at a time: choose a shorter time.`);
    if (count === 0) await tx.updateTable("payment_inquiry").set({ done_at: sql`now()` }).where("id", "=", id).execute();
    else await planInquiry(tx, { tenantId, inquiryId: id });
    await logEvent(tx, {
      ...{
        tenantId,
        subject: { kind: "tenant", id: tenantId },
        kind: "payments.asked",
        details: { inquiryId: id, count, from, to, provider },
      },
      ...{ actor, origin: originOf(caller) },
    });
    return { id };
  });
}

type New = Omit<Wish, "provider"> & { id: string; provider: string | null };

async function begin(tx: Tx, { id, tenantId, from, to, provider, actor }: New & { actor: string }): Promise<void> {
  const values = { id, tenant_id: tenantId, from_at: from, to_at: to, provider, actor };
  const made = await tx
    .insertInto("payment_inquiry")
    .values(values)
    .onConflict((conflict) => conflict.column("tenant_id").where("done_at", "is", null).doNothing())
    .executeTakeFirst();
  if (!made.numInsertedOrUpdatedRows) throw new Refusal("inquiry_runs");
}

/** One more than may be, at most, so that too many are seen. What costs nothing is no payment. */
async function takePayments(tx: Tx, { id, tenantId, from, to, provider }: New): Promise<number> {
  const taken = await sql`
    insert into payment_inquiry_item (tenant_id, inquiry_id, payment_id)
    select p.tenant_id, ${id}, p.id from payment p
    join connection n on n.tenant_id = p.tenant_id and n.id = p.connection_id and n.kind = 'payment'
    where p.tenant_id = ${tenantId} and p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz
      and p.amount_minor > 0 and (${provider}::text is null or p.provider = ${provider})
    order by p.created_at desc limit ${inquiryPaymentsMax + 1}`.execute(tx);
  return Number(taken.numAffectedRows ?? 0n);
}
