import { sql } from "kysely";
import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";
import { resentMailsPerHourMax } from "#contracts/desk/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

type Resending = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string } };

/**
 * Sends the customer's confirmation again, to the address that is stored now. The mail itself looks
 * once more whether the booking stands. Refuses: checkout_unknown, booking_not_standing,
 * too_many_mails.
 */
export async function resendConfirmation({ caller, input: { bookingId } }: Resending): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    const checkout = await tx
      .selectFrom("checkout")
      .select(["status", "traits"])
      .where("id", "=", bookingId)
      .where("kind", "=", "booking")
      .forUpdate()
      .executeTakeFirst();
    if (!checkout) throw new Refusal("checkout_unknown");
    if (!isPaid(checkout.status) || (await isImported(tx, bookingId))) throw new Refusal("booking_not_standing");
    const kind = "booking.mail_resent" as const;
    const { sent } = await tx
      .selectFrom("event")
      .select((event) => event.fn.countAll<number>().as("sent"))
      .where("subject_id", "=", bookingId)
      .where("kind", "=", kind)
      .where("created_at", ">", sql<Date>`now() - interval '1 hour'`)
      .executeTakeFirstOrThrow();
    if (sent >= resentMailsPerHourMax) throw new Refusal("too_many_mails");
    const facts = { traits: checkout.traits, wasPaid: true };
    await logEvent(tx, {
      tenantId,
      subject: { kind: "checkout", id: bookingId },
      kind,
      actor: actorOf(caller),
      origin: caller.origin,
      facts,
    });
  });
}

/** Another tool has confirmed it, and knows what was paid. */
async function isImported(tx: Tx, bookingId: string): Promise<boolean> {
  const { imported } = await tx.selectFrom("booking").select("imported").where("id", "=", bookingId).executeTakeFirstOrThrow();
  return imported;
}
