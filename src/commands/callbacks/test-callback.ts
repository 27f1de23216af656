import { sql } from "kysely";
import { type CallbackTest, exampleCallback } from "#contracts/callback-test.ts";
import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { callbackTestsPerMinuteMax } from "#contracts/ledger/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { callbackSecrets, liveWebhookSecrets } from "#domain/callback-secrets.ts";
import { isCallbackProblem, problemOfAnswer } from "#domain/callbacks/problems.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { postCallback } from "#providers/callbacks/post-callback.ts";
import { signBody, standardWebhookHeaders, unsignedBody } from "#providers/callbacks/sign.ts";
import { findConnection } from "#queries/connections.ts";
import { logEvent } from "../log-event.ts";

type Testing = { caller: Caller; input: { tenantId: string } };
type Example = { id: string; url: string; body: string; at: Date };
type Ending = Pick<CallbackTest, "status" | "problem" | "detail" | "durationMs" | "answer">;

/**
 * Sends an example to the merchant's server, by the code that delivers facts. Nothing of the
 * address's health changes by it. Refuses: callback_address_missing, callback_secret_missing,
 * rate_limited.
 */
export async function testCallback({ caller, input: { tenantId } }: Testing): Promise<CallbackTest> {
  const secrets = callbackSecrets.safeParse((await findConnection({ tenantId, kind: "callback" }))?.credentials);
  const example = await makeExample({ caller, tenantId, hasSecret: secrets.success });
  if (!secrets.success) throw new Refusal("callback_secret_missing");
  const now = databaseNow();
  const body = signBody(example.body, secrets.data.hmacSecret);
  const live = liveWebhookSecrets(secrets.data, new Date(now));
  const headers = standardWebhookHeaders({ id: example.id, timestamp: Math.floor(now / 1000), body, secrets: live });
  const ending = await send({ url: example.url, headers, body });
  await recordEnding({ caller, tenantId, id: example.id, ending });
  return { id: example.id, at: example.at.toISOString(), url: example.url, body: example.body, ...ending };
}

/** The row comes first, under the tenant's lock: it is what the limit counts. */
function makeExample({ caller, tenantId, hasSecret }: { caller: Caller; tenantId: string; hasSecret: boolean }): Promise<Example> {
  return inTenant(tenantId, async (tx) => {
    const tenant = await tx
      .selectFrom("tenant")
      .select(["callback_url", "timezone", "currency"])
      .where("tenant_id", "=", tenantId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (!tenant.callback_url) throw new Refusal("callback_address_missing");
    if (!hasSecret) throw new Refusal("callback_secret_missing");
    const { count } = await tx
      .selectFrom("callback_test")
      .select(sql<number>`count(*)::int`.as("count"))
      .where("created_at", ">", sql<Date>`now() - interval '1 minute'`)
      .executeTakeFirstOrThrow();
    if (count >= callbackTestsPerMinuteMax) throw new Refusal("rate_limited");
    const { timezone, currency, callback_url: url } = tenant;
    const id = newId();
    const body = unsignedBody(exampleCallback({ tenantId, timezone, currency, now: new Date(databaseNow()) }));
    const { created_at: at } = await tx
      .insertInto("callback_test")
      .values({ tenant_id: tenantId, id, url, body, actor: actorOf(caller) })
      .returning("created_at")
      .executeTakeFirstOrThrow();
    return { id, url, body, at };
  });
}

async function send(post: { url: string; headers: Record<string, string>; body: string }): Promise<Ending> {
  const startedAt = performance.now();
  try {
    const { status, contentType, bodyExcerpt, durationMs } = await postCallback(post);
    return { status, problem: problemOfAnswer({ status, contentType }), detail: null, durationMs, answer: bodyExcerpt };
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    const problem = isCallbackProblem(error.reason) ? error.reason : "connection";
    return { status: null, problem, detail: error.message, durationMs: Math.round(performance.now() - startedAt), answer: null };
  }
}

async function recordEnding({ caller, tenantId, id, ending }: { caller: Caller; tenantId: string; id: string; ending: Ending }) {
  const { status, problem, detail, durationMs, answer } = ending;
  await inTenant(tenantId, async (tx) => {
    await tx
      .updateTable("callback_test")
      .set({ status_code: status, problem, detail, duration_ms: durationMs, response_excerpt: answer })
      .where("id", "=", id)
      .execute();
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "callback.tested",
      details: { status, problem },
      actor: actorOf(caller),
      origin: originOf(caller),
    });
  });
}
