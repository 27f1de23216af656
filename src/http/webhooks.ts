import { type Context, Hono } from "hono";
import { receiveWebhook } from "#commands/inbox/receive-webhook.ts";
import { Refusal } from "#contracts/problem.ts";
import { metrics } from "#platform/metrics.ts";
import { inSpan } from "#platform/spans.ts";
import { countDelivery, refuseForgers } from "./limits.ts";
import { type HttpEnv, readBytes } from "./requests.ts";

const webhookBytesMax = 256 * 1024;

/** What providers send. Answers 200 only for what is stored durably; 401 for what is not proven genuine; 503 while the database is down. */
export const webhooks = new Hono<HttpEnv>();

async function receive(c: Context<HttpEnv>, provider: string, connectionId: string | null): Promise<Response> {
  const stop = metrics().receiveSeconds.startTimer();
  try {
    await refuseForgers(c);
    const rawBody = await readBytes(c, webhookBytesMax);
    const wanted = { providerId: provider, connectionId, rawBody, headers: c.req.raw.headers, url: new URL(c.req.url) };
    const { answer, isNew } = await inSpan({ name: "receive webhook" }, () => receiveWebhook(wanted));
    await countDelivery(c, true);
    metrics().webhooks.inc({ provider, outcome: isNew ? "stored" : "known" });
    return new Response(answer.body, { status: answer.status });
  } catch (error) {
    // Only words of ours become labels: anybody may send anything here.
    if (error instanceof Refusal) {
      metrics().webhooks.inc({ provider: "any", outcome: error.code });
      if (error.code !== "rate_limited") await countDelivery(c, false);
    }
    throw error;
  } finally {
    stop();
  }
}

webhooks.post("/webhooks/:provider/:connection", (c) => receive(c, c.req.param("provider"), c.req.param("connection")));
// The documents' addresses: one for the whole installation; the signature tells whose delivery it is.
webhooks.post("/webhooks/:provider", (c) => receive(c, c.req.param("provider"), null));
webhooks.post("/payments/:provider/webhook", (c) => receive(c, c.req.param("provider"), null));
