import { sql } from "kysely";
import { backNow, type Cancellation } from "#domain/cancellation.ts";
import { usualStepMinor } from "#domain/money.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";

type Paid = { id: string; amount_minor: number; currency: string };

/** What a booking's frozen terms give back now, in minor units. Returns null if there are none. */
export async function backByTerms(tx: Tx, { id, amount_minor: amountMinor, currency }: Paid): Promise<number | null> {
  const { starts_at: start, terms } = await tx
    .selectFrom("booking")
    .select(["starts_at", sql<Cancellation | null>`cancellation`.as("terms")])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return terms && backNow(terms, { amountMinor, start, now: new Date(databaseNow()), stepMinor: usualStepMinor(currency) });
}
