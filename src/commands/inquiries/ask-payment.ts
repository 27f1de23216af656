import { sql } from "kysely";
import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import type { InquiryResult, PaymentAnswer } from "#contracts/ledger/inquiries.ts";
import { answerFreshSeconds } from "#contracts/ledger/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { hasBeenApproved, type PaymentState } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { ownProviders, paymentProvider } from "#providers/payments/registry.ts";
import { logEvent } from "../log-event.ts";
import { pollPayment } from "../settlement/poll-payment.ts";
import { recheckPayment } from "../settlement-check/recheck.ts";

type Place = { tenantId: string; paymentId: string };

/** Asks the provider now. Refuses: payment_unknown, provider_cannot_be_asked. */
export async function askPayment({ caller, input }: { caller: Caller; input: { tenantId: string; id: string } }): Promise<PaymentAnswer> {
  const { tenantId } = input;
  const paymentId = await inTenant(tenantId, (tx) => findPayment(tx, input.id));
  if (paymentId === null) throw new Refusal("payment_unknown");
  const { result, state } = await askOnce({ tenantId, paymentId });
  if (result === "cannot_be_asked") throw new Refusal("provider_cannot_be_asked");
  await inTenant(tenantId, async (tx) => {
    const { checkout_id: id } = await tx.selectFrom("payment").select("checkout_id").where("id", "=", paymentId).executeTakeFirstOrThrow();
    const about = { tenantId, subject: { kind: "checkout", id }, kind: "payment.asked", details: { paymentId, result } } as const;
    await logEvent(tx, { ...about, actor: actorOf(caller), origin: originOf(caller) });
  });
  return { paymentId, result, state };
}

/** By its own id, or by that of one of its charges. */
async function findPayment(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from payment where tenant_id = current_tenant() and id = ${id}
    union all
    select payment_id from charge where tenant_id = current_tenant() and id = ${id} and payment_id is not null
    limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Whether a provider can be asked about its payments. With the others only webhooks tell. */
export function canBeAsked(provider: string): boolean {
  const lookup = paymentProvider(provider)?.capabilities.lookup ?? "none";
  return lookup !== "none" && !ownProviders.includes(provider);
}

/** The same settle as after a webhook. Says what it changed, and never "same" without an answer. */
export async function askOnce(place: Place): Promise<{ result: InquiryResult; state: PaymentState }> {
  const before = await look(place);
  if (!canBeAsked(before.provider)) return { result: "cannot_be_asked", state: before.state };
  if (before.isFresh) return { result: "same", state: before.state };
  await pollPayment({ ...place, isExtra: true });
  const after = await look(place);
  if (!after.isSilent) await recheckPayment(place);
  return { result: resultOf(before, after), state: after.state };
}

type Seen = { provider: string; state: PaymentState; charges: string; isSilent: boolean; isFresh: boolean };

function resultOf(before: Seen, after: Seen): InquiryResult {
  if (after.isSilent) return "no_answer";
  if (!hasBeenApproved(before.state) && hasBeenApproved(after.state)) return "became_paid";
  return before.state === after.state && before.charges === after.charges ? "same" : "changed";
}

function look({ tenantId, paymentId }: Place): Promise<Seen> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<Seen>`
      select p.provider, p.status as state, p.failures > 0 as "isSilent",
        p.failures = 0 and coalesce(p.asked_at > now() - make_interval(secs => ${answerFreshSeconds}), false) as "isFresh",
        coalesce((
          select string_agg(concat_ws(' ', c.id, c.status, c.amount_minor, c.currency), ',' order by c.id)
          from charge c where c.tenant_id = p.tenant_id and c.payment_id = p.id
        ), '') as charges
      from payment p where p.tenant_id = ${tenantId} and p.id = ${paymentId}`.execute(tx);
    const [found] = rows;
    if (!found) throw new Refusal("payment_unknown");
    return found;
  });
}
