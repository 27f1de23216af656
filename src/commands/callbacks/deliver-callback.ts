import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { postCallback } from "#providers/callbacks/post-callback.ts";
import { signBody, standardWebhookHeaders } from "#providers/callbacks/sign.ts";
import { loadCheckoutForWork } from "#queries/checkout-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import { confirmCheckout } from "../checkouts/confirm-checkout.ts";
import type { FollowUp, FollowUpResult } from "../follow-ups/run-follow-up.ts";
import { callbackBytes } from "./callback-bytes.ts";
import { callbackSecrets, liveWebhookSecrets } from "./callback-secrets.ts";
import { recordCallbackAttempt } from "./record-attempt.ts";

/**
 * One attempt to tell the merchant's server one fact. The text is made once: every retry sends the same, signed with the
 * secrets that live then. Throws ProviderFailure when it must be tried again.
 */
export async function deliverCallback(followUp: FollowUp): Promise<FollowUpResult> {
  const refundCaseId = typeof followUp.details["refundCaseId"] === "string" ? followUp.details["refundCaseId"] : undefined;
  const work = await loadCheckoutForWork({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId, refundCaseId });
  if (!work) return { result: "skipped", reason: "the checkout is gone" };
  const url = work.tenant.callback_url;
  if (!url) return { result: "skipped", reason: "the merchant has no callback address any more" };
  const secrets = callbackSecrets.safeParse((await findConnection({ tenantId: followUp.tenantId, kind: "callback" }))?.credentials);
  if (!secrets.success) throw misconfigured("the merchant has no callback secret");
  if (await isDisabled(followUp.tenantId)) throw misconfigured("the callback address is switched off because it only failed");
  const body = signBody(await callbackBytes(followUp, work), secrets.data.hmacSecret);
  const headers = standardWebhookHeaders({
    id: followUp.id,
    timestamp: Math.floor(Date.now() / 1000),
    body,
    secrets: liveWebhookSecrets(secrets.data, new Date()),
  });
  crashPoint("callback written, not sent");
  const startedAt = performance.now();
  try {
    const reply = await postCallback({ url, headers, body });
    crashPoint("callback answered, attempt not recorded");
    const isTaken = reply.status >= 200 && reply.status < 300;
    await recordCallbackAttempt({
      followUp,
      url,
      status: reply.status,
      error: null,
      excerpt: reply.bodyExcerpt,
      durationMs: reply.durationMs,
      isTaken,
    });
    if (reply.status === 410) throw misconfigured("the address answered 410 Gone and was switched off");
    if (!isTaken) throw failureOf(reply);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || /answered/.test(error.message)) throw error;
    const durationMs = Math.round(performance.now() - startedAt);
    await recordCallbackAttempt({ followUp, url, status: null, error: error.message, excerpt: null, durationMs, isTaken: false });
    throw error;
  }
  return { result: "done" };
}

/** After the ledger says done: the merchant knows, so the checkout may be confirmed. */
export async function afterCallback(followUp: FollowUp): Promise<void> {
  if (followUp.eventKind.endsWith(".paid")) await confirmCheckout({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId });
}

const misconfigured = (message: string) => new ProviderFailure({ provider: "callback", kind: "misconfigured", message });

function failureOf(reply: { status: number; retryAfterSeconds: number | null }): ProviderFailure {
  return new ProviderFailure({
    provider: "callback",
    kind: "unexpected_reply",
    message: `the merchant's server answered ${reply.status}`,
    retryAfterSeconds: reply.retryAfterSeconds,
  });
}

async function isDisabled(tenantId: string): Promise<boolean> {
  const endpoint = await inTenant(tenantId, (tx) => tx.selectFrom("callback_endpoint").select("disabled_at").executeTakeFirst());
  return endpoint?.disabled_at != null;
}
