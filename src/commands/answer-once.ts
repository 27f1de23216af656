import { type RawBuilder, sql } from "kysely";
import type { ApiKeyCaller, Customer, MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { keyedHash } from "#platform/ids.ts";
import { logger } from "#platform/logger.ts";

/** A repeat waits `waitMs` for the first answer. After 30 s a request counts as crashed. */
const waitMs = 8000;
const crashedSeconds = 30;

export type Once = {
  tenantId: string;
  /** The same key may be used once for each of these. */
  makes:
    | "invitation"
    | "hold"
    | "booking"
    | "cancellation"
    | "refund"
    | "order_change"
    | "booking_note"
    | "customer_note"
    | "booking_by_hand"
    | "on_site_money"
    | "payment_link"
    | "resent_mail"
    | "payment"
    | "service"
    | "professional"
    | "opening_exception"
    | "calendar_invitation"
    | "connection"
    | "api_key"
    | "link"
    | "location"
    | "cart"
    | "order"
    | "product"
    | "stock_change"
    | "discount"
    | "shipping_option";
  /** Proves that a repeat comes from the same customer (`ownerOf`). Only its hash is kept. */
  owner: string;
  key: string;
  request: unknown;
};

/**
 * A key belongs to the holder of the token or the session. Without both it belongs to whoever knows
 * it at the same address, so it must be hard to guess (`http/idempotency.ts`).
 */
export function ownerOf(caller: Customer | MemberCaller | ApiKeyCaller, token: string | null = null): string {
  if (caller.kind === "member") return `member:${caller.memberId}`;
  if (caller.kind === "api_key") return `api-key:${caller.apiKeyId}`;
  if (token) return `token:${token}`;
  if (caller.session !== null) return `session:${caller.session}`;
  return `${caller.isBrowser ? "browser" : "address"}:${caller.address ?? ""}`;
}

/**
 * A repeat with the same `Idempotency-Key` gets the first answer, for 24 hours. Refusals are not
 * kept, so that the same key works once the cause is fixed. Refuses: idempotency_key_reused,
 * idempotency_in_progress.
 */
export async function answerOnce<T>(once: Once, answer: () => Promise<T>): Promise<T> {
  const { tenantId } = once;
  const input = { scope: `${once.makes}:${keyedHash(env().APP_SECRET, once.owner)}`, key: once.key };
  const isKey = sql<boolean>`scope = ${input.scope} and key = ${input.key}`;
  // Keyed: whoever reads the table must not try personal answers or secrets against it.
  const requestHash = keyedHash(env().APP_SECRET, JSON.stringify(once.request));
  const deadline = Date.now() + waitMs;
  while (!(await claimKey(tenantId, input, requestHash))) {
    const first = await readFirst(tenantId, isKey);
    if (first && first.request_hash !== requestHash) throw new Refusal("idempotency_key_reused");
    if (first?.answer !== undefined && first.answer !== null) return first.answer as T;
    if (Date.now() > deadline) throw new Refusal("idempotency_in_progress");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const given = await answer().catch(async (error: unknown) => {
    await inTenant(tenantId, (tx) => tx.deleteFrom("idempotency_key").where(isKey).execute());
    throw error;
  });
  crashPoint("answer made, not kept for a repeat");
  // The answer counts even if it cannot be kept: the customer gets it, and the key stays taken.
  const kept = { answer: JSON.stringify(given) };
  await inTenant(tenantId, (tx) => tx.updateTable("idempotency_key").set(kept).where(isKey).execute()).catch((error: unknown) =>
    logger().warn({ error }, "an answer could not be kept for a repeat"),
  );
  return given;
}

/** Returns true for the first request with this key, and if the first one crashed. */
async function claimKey(tenantId: string, input: { scope: string; key: string }, requestHash: string): Promise<boolean> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<{ key: string }>`
      insert into idempotency_key (tenant_id, scope, key, request_hash) values (${tenantId}, ${input.scope}, ${input.key}, ${requestHash})
      on conflict (tenant_id, scope, key) do update set created_at = now()
        where idempotency_key.answer is null and idempotency_key.request_hash = excluded.request_hash
          and idempotency_key.created_at < now() - make_interval(secs => ${crashedSeconds})
      returning key`.execute(tx);
    return rows.length > 0;
  });
}

function readFirst(tenantId: string, isKey: RawBuilder<boolean>) {
  return inTenant(tenantId, (tx) => tx.selectFrom("idempotency_key").select(["request_hash", "answer"]).where(isKey).executeTakeFirst());
}
