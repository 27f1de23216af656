import { sql } from "kysely";
import type { ProviderFailure } from "#domain/provider-failure.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { logEvent } from "../log-event.ts";

type Silence = { tenantId: string; paymentId: string; failure: ProviderFailure };

/**
 * Records a question without an answer. Event and log come once for each row of them. Returns what
 * to do after the commit: a transaction that is tried again must not log twice.
 */
export async function recordSilence(tx: Tx, { tenantId, paymentId, failure }: Silence): Promise<() => void> {
  const payment = await tx
    .updateTable("payment")
    .set({ failures: sql`failures + 1`, failing_since: sql`coalesce(failing_since, now())` })
    .where("id", "=", paymentId)
    .returning(["checkout_id", "failures"])
    .executeTakeFirst();
  if (payment?.failures !== 1) return () => {};
  const { provider, kind, message } = failure;
  await logEvent(tx, {
    tenantId,
    subject: { kind: "checkout", id: payment.checkout_id },
    kind: "payment_provider_error",
    details: { paymentId, provider, kind, message },
    actor: "system",
  });
  return () =>
    logger().warn({ tenantId, paymentId, checkoutId: payment.checkout_id, provider, kind, message }, "no answer about a payment");
}

/** The provider has answered about a payment outside its polls, which may be over. */
export async function endSilence({ tenantId, reference }: { tenantId: string; reference: string }): Promise<void> {
  await inTenant(tenantId, (tx) =>
    tx
      .updateTable("payment")
      .set({ failures: 0, failing_since: null })
      .where("reference", "=", reference)
      .where("failures", ">", 0)
      .execute(),
  );
}

/** Every question without an answer counts. */
export function countSilence({ provider, kind }: ProviderFailure): void {
  metrics().providerErrors.inc({ provider, kind });
}
