import { sql } from "kysely";
import type { MerchantAttention } from "#contracts/desk/money.ts";
import { moneyHereStates } from "#domain/payment-states.ts";
import { inTenant } from "#platform/db.ts";
import { attentionOf } from "../attention.ts";

/** Settling takes seconds; what has no outcome after this long is nobody's. */
const minutesUntilAsked = 5;

/** What waits for a person of this merchant, and money that has become nothing. */
export async function merchantAttention(tenantId: string): Promise<MerchantAttention> {
  const [waits, rest] = await Promise.all([attentionOf(tenantId), readNeither(tenantId)]);
  const kinds = await kindsOf(
    tenantId,
    waits.flatMap(({ checkoutId }) => checkoutId ?? []),
  );
  const items = waits.map(({ kind, subject, since, checkoutId }) => {
    const checkoutKind = checkoutId === null ? null : (kinds.get(checkoutId) ?? null);
    return { kind, subject, since, checkoutId, checkoutKind };
  });
  return { items, ...rest };
}

async function kindsOf(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await inTenant(tenantId, (tx) => tx.selectFrom("checkout").select(["id", "kind"]).where("id", "in", ids).execute());
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

function readNeither(tenantId: string): Promise<Pick<MerchantAttention, "neither" | "watchedSince">> {
  return inTenant(tenantId, async (tx) => {
    const { created_at } = await tx.selectFrom("tenant").select("created_at").executeTakeFirstOrThrow();
    const rows = await tx
      .selectFrom("charge")
      .select(["id", "provider_charge_id", "amount_minor", "currency", "created_at"])
      .where("status", "in", moneyHereStates)
      .where("outcome", "is", null)
      .where("created_at", "<", sql<Date>`now() - make_interval(mins => ${minutesUntilAsked})`)
      .orderBy("created_at")
      .limit(100)
      .execute();
    return {
      neither: rows.map((row) => ({
        chargeId: row.id,
        providerChargeId: row.provider_charge_id,
        amountMinor: row.amount_minor,
        currency: row.currency,
        since: row.created_at.toISOString(),
      })),
      watchedSince: created_at.toISOString(),
    };
  });
}
