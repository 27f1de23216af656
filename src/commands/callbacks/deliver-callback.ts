import { callbackSecrets, liveWebhookSecrets } from "#domain/callback-secrets.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { type CallbackReply, postCallback } from "#providers/callbacks/post-callback.ts";
import { signBody, standardWebhookHeaders } from "#providers/callbacks/sign.ts";
import { loadCheckoutForWork } from "#queries/checkout-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import { confirmCheckout } from "../checkouts/confirm-checkout.ts";
import type { FollowUp, FollowUpResult } from "../follow-ups/run-follow-up.ts";
import { callbackBytes } from "./callback-bytes.ts";
import { isTaken, recordCallbackAttempt } from "./record-attempt.ts";

/**
 * Makes one attempt to deliver one fact, signed with the secrets that live now. Throws
 * ProviderFailure if it must be retried.
 */
export async function deliverCallback(followUp: FollowUp): Promise<FollowUpResult> {
  const { tenantId, refundCaseId } = followUp;
  const work = await loadCheckoutForWork({
    tenantId,
    checkoutId: followUp.subjectId,
    refundCaseId,
    ofChargeId: followUp.details["ofChargeId"],
  });
  if (!work) return { result: "skipped", reason: "the checkout is gone" };
  const url = work.tenant.callback_url;
  if (!url) return { result: "skipped", reason: "the merchant has no callback address any more" };
  const secrets = callbackSecrets.safeParse((await findConnection({ tenantId, kind: "callback" }))?.credentials);
  if (!secrets.success) throw misconfigured("the merchant has no callback secret");
  if (await isDisabled(tenantId)) throw misconfigured("the callback address is switched off because it only failed");
  const body = signBody(await callbackBytes(followUp, work), secrets.data.hmacSecret);
  const live = liveWebhookSecrets(secrets.data, new Date(databaseNow()));
  const timestamp = Math.floor(databaseNow() / 1000);
  const headers = standardWebhookHeaders({ id: followUp.id, timestamp, body, secrets: live });
  crashPoint("callback written, not sent");
  const startedAt = performance.now();
  const reply = await postCallback({ url, headers, body }).catch(async (error: unknown) => {
    const durationMs = Math.round(performance.now() - startedAt);
    if (error instanceof ProviderFailure) await recordCallbackAttempt({ followUp, url, error: error.message, durationMs });
    throw error;
  });
  crashPoint("callback answered, attempt not recorded");
  await recordCallbackAttempt({ followUp, url, ...reply });
  if (reply.status === 410) throw misconfigured("the address answered 410 Gone and was switched off");
  if (!isTaken(reply)) throw failureOf(reply);
  return { result: "done", effect: `answered ${reply.status}` };
}

/** The merchant's server has acknowledged, so the checkout may be confirmed. */
export async function afterCallback(followUp: FollowUp): Promise<void> {
  if (followUp.eventKind.endsWith(".paid")) await confirmCheckout({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId });
}

const misconfigured = (message: string) => new ProviderFailure({ provider: "callback", kind: "misconfigured", message });

function failureOf({ status, retryAfterSeconds }: CallbackReply): ProviderFailure {
  const message = `the merchant's server answered ${status}`;
  return new ProviderFailure({ provider: "callback", kind: "unexpected_reply", message, retryAfterSeconds });
}

async function isDisabled(tenantId: string): Promise<boolean> {
  const endpoint = await inTenant(tenantId, (tx) => tx.selectFrom("callback_endpoint").select("disabled_at").executeTakeFirst());
  return endpoint?.disabled_at != null;
}
