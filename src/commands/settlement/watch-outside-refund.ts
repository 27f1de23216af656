import { sql } from "kysely";
import { nextOutsideLookSeconds } from "#domain/money-back/refund-parts.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { inTenant } from "#platform/db.ts";
import { hasOpenCase } from "../refund-cases/finish.ts";
import { pollPayment } from "./poll-payment.ts";

type Place = { tenantId: string; chargeId: string };

/**
 * Asks the provider about a refund that somebody made in its panel and whose end is not known, by
 * the same settle as a webhook. Returns when to ask again, or null once none is under way. Throws
 * ProviderFailure when it has been under way for too long: a person must look.
 */
export async function watchOutsideRefund(place: Place): Promise<{ againInSeconds: number } | null> {
  const before = await readUnderWay(place);
  if (!before) return null;
  await pollPayment({ tenantId: place.tenantId, paymentId: before.paymentId, isExtra: true });
  const after = await readUnderWay(place);
  if (!after) return null;
  const againInSeconds = nextOutsideLookSeconds(after.seconds);
  if (againInSeconds !== null) return { againInSeconds };
  const message = "a refund that was made in the panel does not end";
  throw new ProviderFailure({ provider: after.provider, kind: "refused", message });
}

type UnderWay = { paymentId: string; provider: string; seconds: number };

/** Null if nothing of the charge is under way but by cases, which have looks of their own. */
function readUnderWay({ tenantId, chargeId }: Place): Promise<UnderWay | null> {
  return inTenant(tenantId, async (tx) => {
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", chargeId).executeTakeFirst();
    if (!charge?.payment_id) return null;
    const payment = await tx.selectFrom("payment").selectAll().where("id", "=", charge.payment_id).executeTakeFirst();
    if (!payment?.can_be_asked) return null;
    const found = await tx
      .selectFrom("charge_refund")
      .select(sql<number | null>`extract(epoch from now() - min(created_at))::float8`.as("seconds"))
      .select(sql<number | null>`extract(epoch from now() - ${charge.updated_at}::timestamptz)::float8`.as("inState"))
      .where("charge_id", "=", chargeId)
      .where("refund_case_id", "is", null)
      .where("state", "in", ["pending", "short_of_balance"])
      .executeTakeFirstOrThrow();
    // A provider that tells the whole alone has no parts.
    const isWhole = found.seconds === null && charge.status === "refunding" && !(await hasOpenCase(tx, charge));
    const seconds = isWhole ? found.inState : found.seconds;
    return seconds === null ? null : { paymentId: payment.id, provider: payment.provider, seconds };
  });
}
