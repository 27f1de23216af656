import { sql } from "kysely";
import type { Actor } from "#contracts/caller.ts";
import { refundProblem } from "#domain/money-back/refund-problems.ts";
import type { UnprovenFact } from "#domain/payment-provider.ts";
import { type RefundReason, refundDueDaysOf, refundStatesBefore } from "#domain/refund-policy.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { ChargeRow, CheckoutRow } from "#platform/rows.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { sentBackMinor } from "./charge-rows.ts";
import { logCase } from "./log-case.ts";

type NewRefundCase = {
  charge: ChargeRow;
  checkout: CheckoutRow | null;
  reason: RefundReason;
  actor: Actor;
  /** A part of the charge, in minor units. The default is all that no other case sends back. */
  amountMinor?: number;
  /** The civil day after which its deadline counts. The default is now. */
  countsFrom?: string | undefined;
  /** What the signature does not cover, of a charge that the provider's API does not know. */
  unproven?: readonly UnprovenFact[];
};

/**
 * Opens a case with an owner and a deadline, or reopens a withdrawn one. The caller has locked the
 * charge. Returns its id, or null, having changed nothing, if other cases leave less than this.
 */
export async function openRefundCase(tx: Tx, input: NewRefundCase): Promise<string | null> {
  const { charge, checkout, reason, unproven } = input;
  const leftMinor = charge.amount_minor - (await sentBackMinor(tx, charge));
  const amountMinor = input.amountMinor ?? leftMinor;
  if (amountMinor <= 0 || amountMinor > leftMinor) return null;
  const id = await writeCase(tx, input, amountMinor);
  // A requested refund, or a part, does not change what the charge paid for.
  if (!isWish(reason) && amountMinor === leftMinor)
    await tx.updateTable("charge").set({ outcome: "refund_case", updated_at: sql`now()` }).where("id", "=", charge.id).execute();
  const isTheirs = checkout !== null && (checkout.paid_charge_id === null || checkout.paid_charge_id === charge.id);
  if (isTheirs)
    await tx.updateTable("checkout").set({ payment_status: "refunding", updated_at: sql`now()` }).where("id", "=", checkout.id).execute();
  const told = { reason, chargeId: charge.id, amountMinor, currency: charge.currency };
  await logCase(
    tx,
    { tenant_id: charge.tenant_id, id, checkout_id: checkout?.id ?? null },
    {
      kind: "refund_case.opened",
      details: unproven ? { ...told, unproven: unproven.join(",") } : told,
      actor: input.actor,
      facts: { hasCallback: checkout !== null && (await hasCallback(tx)) },
    },
  );
  return id;
}

/** It leaves the purchase as it is. */
const isWish = (reason: RefundReason): boolean => reason === "requested" || reason === "withdrawal";

async function writeCase(tx: Tx, { charge, checkout, reason, unproven, countsFrom }: NewRefundCase, amountMinor: number): Promise<string> {
  const { country, timezone } = await tx.selectFrom("tenant").select(["country", "timezone"]).executeTakeFirstOrThrow();
  const from = countsFrom ? sql`least(now(), (${countsFrom}::date + 1)::timestamp at time zone ${timezone})` : sql`now()`;
  const opened = {
    checkout_id: checkout?.id ?? null,
    reason,
    amount_minor: amountMinor,
    currency: charge.currency,
    method: unproven ? ("manual" as const) : null,
    unproven: unproven ? [...unproven] : null,
    last_error: unproven ? refundProblem("unknown_to_api") : null,
    due_at: sql<Date>`${from} + make_interval(days => ${refundDueDaysOf(reason, country)})`,
  };
  const again = await tx
    .updateTable("refund_case")
    .set({ ...opened, state: "open", proof: null, withdrawn_at: null, updated_at: sql`now()` })
    .where("charge_id", "=", charge.id)
    .where("state", "in", refundStatesBefore("open"))
    .where("withdrawn_at", "is not", null)
    .returning("id")
    .executeTakeFirst();
  if (again) return again.id;
  const id = newId();
  for (let draw = 1; draw <= drawsMax; draw += 1) {
    const inserted = await tx
      .insertInto("refund_case")
      .values({ tenant_id: charge.tenant_id, id, charge_id: charge.id, ...opened })
      .onConflict((conflict) => conflict.columns(["tenant_id", "number"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (inserted) return id;
  }
  throw new Error("no free number for a refund case");
}

/** Its number is drawn by the database, and another case of the merchant may have it. */
const drawsMax = 5;
