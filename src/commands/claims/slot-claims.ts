import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { claimStatesBefore } from "#domain/claim-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Holder = { id: string };

/** Whether the checkout's claim still keeps its slot, by the database's clock. */
export async function isSlotClaimAlive(tx: Tx, checkout: Holder): Promise<boolean> {
  const alive = await tx
    .selectFrom("slot_claim")
    .select("id")
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", ["held", "paying"])
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return alive !== undefined;
}

/** Keeps the slot for at least so many minutes more, because an approval waits for its settling. */
export async function keepSlotClaim(tx: Tx, checkout: Holder, minutes: number): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ expires_at: sql`greatest(expires_at, now() + make_interval(mins => ${minutes}))` })
    .where("checkout_id", "=", checkout.id)
    .where("state", "=", "paying")
    .execute();
}

export async function letSlotGo(tx: Tx, checkout: Holder, how: "released" | "expired"): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ state: how })
    .where("checkout_id", "=", checkout.id)
    .where("state", "in", claimStatesBefore(how))
    .execute();
}

export type Span = { tenantId: string; professionalId: string; during: string };

/** Refuses a span that somebody else has. */
export class SpanTaken extends Refusal {
  readonly span: Span;
  constructor(span: Span) {
    super("slot_taken");
    this.span = span;
  }
}

/**
 * Nobody has any of the span that a claim would take, buffers included, through the constraint's
 * own index. Refuses: slot_taken.
 */
export async function requireFree(tx: Tx, span: Span): Promise<void> {
  const { tenantId, professionalId, during } = span;
  const { rows } = await sql`
    select from live_claims(${tenantId}, ${professionalId}, lower(${during}::tstzrange), upper(${during}::tstzrange), '')
    limit 1`.execute(tx);
  if (rows.length > 0) throw new SpanTaken(span);
}

/**
 * Whoever wants a span that a paying claim keeps has its provider asked, as `hold_slot` does. In a
 * transaction of its own, because the refusal has rolled back the one of `run`.
 */
export async function askingIfTaken<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SpanTaken) await askAboutClaims(error.span);
    throw error;
  }
}

async function askAboutClaims({ tenantId, professionalId, during }: Span): Promise<void> {
  await inTenant(tenantId, (tx) => sql`select ask_about_claims(${tenantId}, ${professionalId}, ${during}::tstzrange)`.execute(tx));
}

/**
 * Picking another slot replaces a hold, also where nothing is held: it would stand in its own
 * customer's way.
 */
export async function letOwnHoldsGo(tx: Tx, session: string): Promise<void> {
  await tx.updateTable("slot_claim").set({ state: "released" }).where("session", "=", session).where("state", "=", "held").execute();
}
