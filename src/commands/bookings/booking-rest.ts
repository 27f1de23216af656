import { sql } from "kysely";
import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid, mayCheckoutMove } from "#domain/checkout-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newToken } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { sessionHash } from "#queries/session-hash.ts";
import { logEvent } from "../log-event.ts";
import { endOpenPayments } from "../payments/end-payments.ts";

/** Days after the appointment in which a customer may still pay the rest by its link. */
const restDays = 30;

/** A booking's rest, locked after the booking's own checkout. Returns null if there is none. */
export async function lockRest(tx: Tx, bookingId: string): Promise<CheckoutRow | null> {
  const rest = await tx.selectFrom("booking_rest").select("id").where("booking_id", "=", bookingId).executeTakeFirst();
  if (!rest) return null;
  return tx.selectFrom("checkout").selectAll().where("id", "=", rest.id).forUpdate().executeTakeFirstOrThrow();
}

/**
 * The same, made now if nobody has asked for it yet. The caller holds the booking's lock. Refuses:
 * booking_not_standing, no_rest, already_paid.
 */
export async function openRest(tx: Tx, { caller, checkout }: { caller: Caller; checkout: CheckoutRow }): Promise<CheckoutRow> {
  if (!isPaid(checkout.status)) throw new Refusal("booking_not_standing");
  const found = await lockRest(tx, checkout.id);
  if (found && isPaid(found.status)) throw new Refusal("already_paid");
  if (found) return found;
  const booking = await tx
    .selectFrom("booking")
    .select(["price_minor", "ends_at", "imported"])
    .where("id", "=", checkout.id)
    .executeTakeFirstOrThrow();
  const amountMinor = booking.imported ? 0 : booking.price_minor - checkout.amount_minor;
  if (amountMinor <= 0) throw new Refusal("no_rest");
  const { tenant_id, currency, customer_name, customer_email, customer_phone, accepted_terms_at, locale } = checkout;
  const from = Math.max(booking.ends_at.getTime(), databaseNow());
  const made = await tx
    .insertInto("checkout")
    .values({
      ...{ tenant_id, currency, customer_name, customer_email, customer_phone, accepted_terms_at, locale },
      id: newId(),
      kind: "rest",
      ends_at: new Date(from + restDays * 86_400_000),
      amount_minor: amountMinor,
      token: newToken(),
      session: sessionHash(newToken()),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.insertInto("booking_rest").values({ tenant_id, id: made.id, booking_id: checkout.id }).execute();
  await logEvent(tx, {
    tenantId: tenant_id,
    subject: { kind: "checkout", id: made.id },
    kind: "rest.created",
    details: { bookingId: checkout.id, amountMinor },
    actor: actorOf(caller),
    origin: originOf(caller),
  });
  return made;
}

/** The rest that the reception has asked for and nobody has paid. */
export async function askedRest(tx: Tx, checkout: CheckoutRow): Promise<CheckoutRow | null> {
  const rest = isPaid(checkout.status) ? await lockRest(tx, checkout.id) : null;
  return rest?.status === "pending" && rest.ends_at.getTime() > databaseNow() ? rest : null;
}

/** A booking that is over asks for nothing more. Money that still comes goes back. */
export async function endRest(tx: Tx, checkout: CheckoutRow): Promise<void> {
  const rest = await lockRest(tx, checkout.id);
  if (!rest || isPaid(rest.status) || !mayCheckoutMove(rest.status, "cancelled")) return;
  await tx.updateTable("checkout").set({ status: "cancelled", updated_at: sql`now()` }).where("id", "=", rest.id).execute();
  await endOpenPayments(tx, rest);
  await logEvent(tx, {
    tenantId: rest.tenant_id,
    subject: { kind: "checkout", id: rest.id },
    kind: "rest.cancelled",
    actor: "system",
  });
}

export async function bookingOfRest(tx: Tx, restId: string): Promise<CheckoutRow> {
  const { booking_id } = await tx.selectFrom("booking_rest").select("booking_id").where("id", "=", restId).executeTakeFirstOrThrow();
  return tx.selectFrom("checkout").selectAll().where("id", "=", booking_id).executeTakeFirstOrThrow();
}
