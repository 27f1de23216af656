import { sql } from "kysely";
import { backNow, type Cancellation } from "#domain/cancellation.ts";
import { usualStepMinor } from "#domain/money.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";

type Paid = { id: string; amount_minor: number; currency: string };

/** What a purchase's frozen terms give back now, in minor units. Only bookings have some. */
export async function backByTerms(tx: Tx, { id, amount_minor: amountMinor, currency }: Paid): Promise<number | null> {
  const booking = await tx
    .selectFrom("booking")
    .select(["starts_at", "price_minor", "imported", sql<Cancellation | null>`cancellation`.as("terms")])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!booking?.terms) return null;
  const { starts_at: start, price_minor, imported, terms } = booking;
  // What a move has made cheaper goes back whole; the terms are about what the booking costs.
  const keptMinor = imported ? amountMinor : Math.min(amountMinor, price_minor);
  const paid = { amountMinor: keptMinor, start, now: new Date(databaseNow()), stepMinor: usualStepMinor(currency) };
  return amountMinor - keptMinor + backNow(terms, paid);
}
