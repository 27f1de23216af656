import type { Context } from "hono";
import { receiveWebhook } from "#commands/inbox/receive-webhook.ts";
import { returnFromProvider } from "#commands/payments/return-from-provider.ts";
import type { webhookOperations } from "#contracts/operations/webhooks.ts";
import { Refusal } from "#contracts/problem.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { inSpan } from "#platform/tracing/spans.ts";
import { checkoutIdIn } from "#queries/checkout-tenant.ts";
import { pageOfCheckout } from "#queries/desk/checkout-page.ts";
import { customersPath } from "#queries/site-address.ts";
import { countDelivery } from "./limits.ts";
import { type HttpEnv, readBytes } from "./requests.ts";
import type { HandlersOf } from "./route.ts";

const webhookBytesMax = 256 * 1024;

/** Webhooks from providers, and customers whom providers send back. */
export const webhookHandlers: HandlersOf<typeof webhookOperations> = {
  receiveWebhook: receive,
  receiveSharedWebhook: receive,
  receiveSharedPaymentWebhook: receive,

  async returnFromProvider({ input }) {
    const { token } = input.params;
    const booking = checkoutIdIn(input.params.booking);
    // Only a hint to ask the provider now. Whatever happens, the customer goes on to their page.
    await returnFromProvider({ checkoutId: booking, token }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) logger().warn({ error }, "the provider could not be asked on the customer's return");
    });
    return customersPath(await pageOfCheckout({ id: booking, token }));
  },
};

type Delivery = { c: Context<HttpEnv>; input: { params: { provider: string; connection?: string } } };

/** Answers 200 only when the event is stored, 401 without proof, 503 while the database is down. */
async function receive({ input: { params }, c }: Delivery): Promise<Response> {
  const { provider, connection = null } = params;
  const stop = metrics().receiveSeconds.startTimer();
  try {
    const rawBody = await readBytes(c, webhookBytesMax);
    const wanted = { providerId: provider, connectionId: connection, rawBody, headers: c.req.raw.headers, url: new URL(c.req.url) };
    const { answer, isNew } = await inSpan({ name: "receive webhook" }, () => receiveWebhook(wanted));
    await countDelivery(c, true);
    metrics().webhooks.inc({ provider, outcome: isNew ? "stored" : "known" });
    const headers = new Headers(answer.contentType === undefined ? [] : [["content-type", answer.contentType]]);
    return new Response(answer.body, { status: answer.status, headers });
  } catch (error) {
    // Only our own words become labels, because anybody may send anything here.
    if (error instanceof Refusal) {
      metrics().webhooks.inc({ provider: "any", outcome: error.code });
      // A connection that broke, here or at our database, proves nothing about who sent.
      if (error.code !== "body_incomplete" && error.code !== "database_unavailable") await countDelivery(c, false);
    }
    throw error;
  } finally {
    stop();
  }
}
