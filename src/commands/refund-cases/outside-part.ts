import { sql } from "kysely";
import { isPaid } from "#domain/checkout-states.ts";
import type { RefundFact } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow, CheckoutRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { sentBackMinor } from "./charge-rows.ts";
import { isAllBack } from "./finish.ts";

type Outside = { charge: ChargeRow; part: Pick<RefundFact, "amountMinor" | "providerRefundId" | "state"> };

/**
 * Somebody sent a part back in the provider's panel. It is recorded and asked about: nothing is
 * cancelled automatically.
 */
export async function tellOutsideRefund(tx: Tx, { charge, part }: Outside): Promise<void> {
  const checkout = await checkoutOf(tx, charge);
  const state = (await isAllBack(tx, charge)) ? ("refunded" as const) : ("partly_refunded" as const);
  const isTheirs = checkout?.paid_charge_id === charge.id;
  const asks = isTheirs && isPaid(checkout.status);
  if (isTheirs)
    await tx
      .updateTable("checkout")
      .set({ payment_status: state, ...(asks ? { reversal_answer: "open" as const } : {}), updated_at: sql`now()` })
      .where("id", "=", checkout.id)
      .execute();
  const details = { state, paymentStatus: state, asks, movedMinor: part.amountMinor, itemized: true };
  await tell(tx, { charge, part, checkout, kind: "payment.reversed", outsideRefund: part.state === "done" ? "done" : "asked", details });
}

/** It was under way, and is out now. Its money was counted as gone when it was first seen. */
export async function tellOutsideDone(tx: Tx, { charge, part }: Outside): Promise<void> {
  const details = { backMinor: part.amountMinor };
  await tell(tx, { charge, part, checkout: await checkoutOf(tx, charge), kind: "payment.refund_done", outsideRefund: "done", details });
}

/** It failed after all: the money is with the merchant again. */
export async function tellOutsideFailure(tx: Tx, { charge, part }: Outside): Promise<void> {
  const checkout = await checkoutOf(tx, charge);
  const isTheirs = checkout?.paid_charge_id === charge.id;
  const paymentStatus = (await sentBackMinor(tx, charge)) > 0 ? ("partly_refunded" as const) : ("paid" as const);
  if (isTheirs)
    await tx
      .updateTable("checkout")
      .set({ payment_status: paymentStatus, updated_at: sql`now()` })
      // With all of the money here again there is nothing to ask about.
      .$if(paymentStatus === "paid" && checkout.reversal_answer === "open", (query) => query.set({ reversal_answer: null }))
      .where("id", "=", checkout.id)
      .where("payment_status", "in", ["refunded", "partly_refunded", "refunding"])
      .execute();
  const moved = { movedMinor: part.amountMinor, itemized: true };
  const details = { state: charge.status, paymentStatus, asks: false, isRefundFailed: true, ...moved };
  await tell(tx, { charge, part, checkout, kind: "payment.restored", outsideRefund: "failed", details });
}

type Telling = Outside & {
  checkout: CheckoutRow | null;
  kind: "payment.reversed" | "payment.restored" | "payment.refund_done";
  outsideRefund: "asked" | "done" | "failed";
  /** `itemized`: the event itself says how much has moved. */
  details: Record<string, string | boolean | number>;
};

async function tell(tx: Tx, { charge, part, checkout, kind, outsideRefund, details }: Telling): Promise<void> {
  const subject = checkout ? ({ kind: "checkout", id: checkout.id } as const) : await caseAsSubject(tx, charge);
  if (!subject) return;
  await logEvent(tx, {
    tenantId: charge.tenant_id,
    subject,
    kind,
    details: {
      ...details,
      chargeId: charge.id,
      paymentId: charge.payment_id,
      providerRefundId: part.providerRefundId,
      currency: charge.currency,
    },
    actor: "provider",
    facts: checkout === null ? {} : { hasCallback: await hasCallback(tx), outsideRefund },
  });
}

async function checkoutOf(tx: Tx, charge: ChargeRow): Promise<CheckoutRow | null> {
  if (charge.payment_id === null) return null;
  const found = await tx
    .selectFrom("checkout as k")
    .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "k.tenant_id").onRef("p.checkout_id", "=", "k.id"))
    .selectAll("k")
    .where("p.id", "=", charge.payment_id)
    .executeTakeFirst();
  return found ?? null;
}

/** Of money without a purchase, its refund case tells the story. */
export async function caseAsSubject(tx: Tx, charge: ChargeRow): Promise<{ kind: "refund_case"; id: string } | null> {
  const found = await tx
    .selectFrom("refund_case")
    .select("id")
    .where("charge_id", "=", charge.id)
    .where("checkout_id", "is", null)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  return found ? { kind: "refund_case", id: found.id } : null;
}
