import { sql } from "kysely";
import { isKeyOf, mayPartMove, mayReturnAfterFailure } from "#domain/money-back/refund-parts.ts";
import type { ChargeFact, RefundFact } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { ChargeRefundRow, ChargeRow, RefundCaseRow } from "#platform/rows.ts";
import { tellOutsideDone, tellOutsideFailure, tellOutsideRefund } from "./outside-part.ts";
import { moveOwnCase } from "./own-part.ts";

type Seen = { charge: ChargeRow; fact: ChargeFact };

/**
 * Keeps each part of a charge that goes back, and moves the case that sent it. A part of nobody's
 * case was sent in the provider's panel: the merchant is asked about it. Does nothing if the
 * provider tells no parts. The caller has locked the checkout, then the charge. Returns the charge
 * as it is afterwards.
 */
export async function recordRefundParts(tx: Tx, { charge, fact }: Seen): Promise<ChargeRow> {
  if (fact.refunds === undefined || fact.refunds.length === 0) return charge;
  const known = await tx.selectFrom("charge_refund").selectAll().where("charge_id", "=", charge.id).execute();
  const cases = await casesOf(tx, charge);
  let now = charge;
  // Those with a key first: a key proves whose a part is, and an amount only suggests it.
  for (const part of fact.refunds.toSorted((a, b) => Number(a.idempotencyKey === null) - Number(b.idempotencyKey === null))) {
    const row = known.find(({ provider_refund_id: id }) => id === part.providerRefundId);
    if (row && (row.state === part.state || !mayPartMove(row.state, part.state))) continue;
    if (part.state === "failed") now = await returnCharge(tx, now, fact);
    const refundCase = row ? cases.find(({ id }) => id === row.refund_case_id) : caseOf(part, { cases, known });
    await keepPart(tx, { charge, part, row, caseId: refundCase?.id ?? null });
    if (refundCase) {
      await freeFromOther(tx, { charge: now, refundCase, part, known });
      await moveOwnCase(tx, { charge: now, refundCase, part });
      refundCase.provider_refund_id = part.providerRefundId;
    } else await tellOutside(tx, { charge: now, part, isKnown: row !== undefined });
  }
  return now;
}

/** What was never seen under way, and has failed, is nothing to anybody. */
async function tellOutside(tx: Tx, { charge, part, isKnown }: { charge: ChargeRow; part: RefundFact; isKnown: boolean }): Promise<void> {
  if (!isKnown && part.state !== "failed") await tellOutsideRefund(tx, { charge, part });
  else if (isKnown && part.state === "failed") await tellOutsideFailure(tx, { charge, part });
  else if (isKnown && part.state === "done") await tellOutsideDone(tx, { charge, part });
}

function casesOf(tx: Tx, charge: ChargeRow): Promise<RefundCaseRow[]> {
  return tx
    .selectFrom("refund_case")
    .selectAll()
    .where("charge_id", "=", charge.id)
    .where("withdrawn_at", "is", null)
    .orderBy("created_at")
    .forUpdate()
    .execute();
}

type Ours = { cases: readonly RefundCaseRow[]; known: readonly ChargeRefundRow[] };

/**
 * By its key or id. A part without a key is a case's if the sums are alike, the case has no refund
 * yet, and the part is not older: a person who follows our steps sends it in the panel.
 */
function caseOf(part: RefundFact, { cases, known }: Ours): RefundCaseRow | undefined {
  const proven = cases.find((one) => isKeyOf(one, part.idempotencyKey) || one.provider_refund_id === part.providerRefundId);
  if (proven || part.idempotencyKey !== null || part.state === "failed") return proven;
  const hasPart = (id: string) => known.some((row) => row.refund_case_id === id && row.state !== "failed");
  const alike = cases.filter(
    (one) =>
      one.state !== "done" &&
      one.amount_minor === part.amountMinor &&
      !hasPart(one.id) &&
      (one.provider_refund_id === null || one.state === "manual") &&
      (part.at === null || part.at >= one.created_at),
  );
  return alike.find(({ state }) => state === "armed" || state === "observing") ?? alike[0];
}

type Kept = { charge: ChargeRow; part: RefundFact; row: ChargeRefundRow | undefined; caseId: string | null };

async function keepPart(tx: Tx, { charge, part, row, caseId }: Kept): Promise<void> {
  const told = { state: part.state, provider_status: part.providerStatus, at: part.at };
  if (row) {
    await tx
      .updateTable("charge_refund")
      .set({ ...told, updated_at: sql`now()` })
      .where("id", "=", row.id)
      .execute();
    return;
  }
  await tx
    .insertInto("charge_refund")
    .values({
      ...told,
      tenant_id: charge.tenant_id,
      id: newId(),
      charge_id: charge.id,
      provider_refund_id: part.providerRefundId,
      amount_minor: part.amountMinor,
      idempotency_key: part.idempotencyKey,
      refund_case_id: caseId,
    })
    .execute();
}

type Claimed = { charge: ChargeRow; refundCase: RefundCaseRow; part: RefundFact; known: readonly ChargeRefundRow[] };

/** A key shows that another part, taken for this case by its sum, was the panel's. */
async function freeFromOther(tx: Tx, { charge, refundCase, part, known }: Claimed): Promise<void> {
  if (!isKeyOf(refundCase, part.idempotencyKey)) return;
  const taken = known.filter(
    (row) => row.refund_case_id === refundCase.id && row.idempotency_key === null && row.provider_refund_id !== part.providerRefundId,
  );
  for (const row of taken) {
    if (row.state === "failed") continue;
    await tx.updateTable("charge_refund").set({ refund_case_id: null }).where("id", "=", row.id).execute();
    await tellOutsideRefund(tx, {
      charge,
      part: { amountMinor: row.amount_minor, providerRefundId: row.provider_refund_id, state: row.state },
    });
  }
}

/** The money of a refund that failed is with the merchant again, as the provider says. */
async function returnCharge(tx: Tx, charge: ChargeRow, fact: ChargeFact): Promise<ChargeRow> {
  if (!mayReturnAfterFailure(charge.status, fact.state)) return charge;
  const told = { status: fact.state, updated_at: sql<Date>`now()` };
  if (charge.payment_id !== null)
    await tx
      .updateTable("payment")
      .set(told)
      .where("id", "=", charge.payment_id)
      .where("status", "in", ["refunding", "partly_refunded", "refunded"])
      .execute();
  return tx
    .updateTable("charge")
    .set({ ...told, provider_status: fact.providerStatus })
    .where("id", "=", charge.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
