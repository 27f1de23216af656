import { sql } from "kysely";
import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";
import { resentMailsPerHourMax } from "#contracts/desk/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { isLinkEndFit } from "#domain/desk/payment-link.ts";
import type { EventKind } from "#domain/follow-ups.ts";
import { claimEnd, latestPayingEnd } from "#domain/hold-times.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { logEvent } from "../log-event.ts";
import { scheduleUnbegunEnd } from "../payments/open-payment.ts";

type Asker = MemberCaller | ApiKeyCaller;

/**
 * Mails the customer the address of their booking, where they pay. Refuses: checkout_unknown,
 * already_paid, checkout_closed, too_many_mails.
 */
export async function mailPaymentLink({ caller, input }: { caller: Asker; input: { bookingId: string } }): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const checkout = await lockLivingLink(tx, input.bookingId);
    await mailLink(tx, { caller, checkout });
  });
}

/** In the caller's transaction. Refuses: too_many_mails. */
export async function mailLink(tx: Tx, { caller, checkout }: { caller: Asker; checkout: CheckoutRow }): Promise<void> {
  const { tenant_id: tenantId, id } = checkout;
  const kind = "booking.payment_link_mailed" as const;
  await requireFewMails(tx, { id, kind });
  const subject = { kind: "checkout", id } as const;
  await logEvent(tx, { tenantId, subject, kind, actor: actorOf(caller), origin: caller.origin });
}

/** Refuses: too_many_mails. */
export async function requireFewMails(tx: Tx, { id, kind }: { id: string; kind: EventKind }): Promise<void> {
  const { sent } = await tx
    .selectFrom("event")
    .select((event) => event.fn.countAll<number>().as("sent"))
    .where("subject_id", "=", id)
    .where("kind", "=", kind)
    .where("created_at", ">", sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirstOrThrow();
  if (sent >= resentMailsPerHourMax) throw new Refusal("too_many_mails");
}

type Prolonging = { caller: Asker; input: { bookingId: string; endsAt: string } };

/**
 * Gives the customer longer, while the link lives: what was promised never becomes shorter.
 * Refuses: checkout_unknown, already_paid, checkout_closed, link_end_unfit.
 */
export async function prolongLink({ caller, input: { bookingId, endsAt } }: Prolonging): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const checkout = await lockLivingLink(tx, bookingId);
    const wanted = new Date(endsAt);
    if (wanted.getTime() === checkout.ends_at.getTime()) return;
    const { starts_at: start } = await tx.selectFrom("booking").select("starts_at").where("id", "=", bookingId).executeTakeFirstOrThrow();
    const { latest_approval_minutes, answer_wait_minutes } = await tx
      .selectFrom("tenant")
      .select(["latest_approval_minutes", "answer_wait_minutes"])
      .executeTakeFirstOrThrow();
    const latest = latestPayingEnd(start, latest_approval_minutes);
    const isFit = wanted > checkout.ends_at && isLinkEndFit({ wanted, now: new Date(databaseNow()), latest });
    if (!isFit) throw new Refusal("link_end_unfit");
    await moveEnd(tx, checkout, { wanted, until: claimEnd(wanted, answer_wait_minutes) });
    await logEvent(tx, {
      tenantId: caller.tenantId,
      subject: { kind: "checkout", id: bookingId },
      kind: "booking.payment_link_prolonged",
      details: { endsAt: wanted.toISOString() },
      actor: actorOf(caller),
      changes: { ends_at: [checkout.ends_at.toISOString(), wanted.toISOString()] },
      origin: caller.origin,
    });
  });
}

async function moveEnd(tx: Tx, checkout: CheckoutRow, { wanted, until }: { wanted: Date; until: Date }): Promise<void> {
  const kept = await tx
    .updateTable("slot_claim")
    .set({ expires_at: sql<Date>`greatest(expires_at, ${until})` })
    .where("checkout_id", "=", checkout.id)
    .where("state", "=", "paying")
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  if (kept.numUpdatedRows === 0n) throw new Refusal("checkout_closed");
  await tx.updateTable("checkout").set({ ends_at: wanted, updated_at: sql`now()` }).where("id", "=", checkout.id).execute();
  await scheduleUnbegunEnd(tx, { ...checkout, ends_at: wanted });
}

/** A booking that was made by hand and waits for its money. */
async function lockLivingLink(tx: Tx, bookingId: string): Promise<CheckoutRow> {
  const checkout = await lockCheckout(tx, bookingId);
  const booking = checkout && (await tx.selectFrom("booking").select("by_hand").where("id", "=", bookingId).executeTakeFirst());
  if (!checkout || !booking?.by_hand) throw new Refusal("checkout_unknown");
  if (isPaid(checkout.status)) throw new Refusal("already_paid");
  if (checkout.status !== "pending" || checkout.ends_at.getTime() <= databaseNow()) throw new Refusal("checkout_closed");
  return checkout;
}
