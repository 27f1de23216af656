import { z } from "zod";
import { bookingCallback } from "./callback.ts";
import { callbackExample } from "./operations/examples.ts";
import type { Operation } from "./operations/operation.ts";
import { orderCallbackExample } from "./operations/shop/callback-examples.ts";
import { orderCallback } from "./shop/order-callback.ts";

/** How callers prove who they are. Providers sign their bodies, each in its own way. */
export const securitySchemes = {
  sessionCookie: {
    type: "apiKey",
    in: "cookie",
    name: "checkout_session",
    description: "A browser's session. HttpOnly. On https its name is `__Host-checkout_session`.",
  },
  sessionHeader: { type: "apiKey", in: "header", name: "X-Checkout-Session", description: "A program's session, from POST /api/holds." },
  bookingToken: { type: "apiKey", in: "query", name: "token", description: "The booking's token, from POST /api/bookings." },
  memberCookie: { type: "apiKey", in: "cookie", name: "konfirmado.session_token", description: "A member's session. HttpOnly." },
  apiKey: { type: "http", scheme: "bearer", description: "A merchant's API key, `kf_…`." },
  operator: { type: "http", scheme: "bearer", description: "CRON_SECRET" },
  callbackSignature: {
    type: "apiKey",
    in: "header",
    name: "webhook-signature",
    description: "Standard Webhooks: `v1,` and base64 of HMAC-SHA256, several with spaces between while a secret is changed.",
  },
} as const;
type Proof = Partial<Record<keyof typeof securitySchemes, string[]>>;

/** Each proof alone is enough. An empty one means that none is needed. */
export function securityOf({ callers, takesSession, takesKey, methods, query, answer, permission }: Operation): Proof[] {
  const proofs: Proof[] = [];
  if (takesSession) proofs.push({ sessionCookie: [] }, { sessionHeader: [] });
  if (query && "token" in query.words) proofs.push({ bookingToken: [] });
  if (callers.includes("member") || callers.includes("person")) proofs.push({ memberCookie: [] });
  if (callers.includes("api_key")) proofs.push({ apiKey: [] });
  if (callers.includes("operator")) proofs.push({ operator: [] });
  const isReadByAnyone = methods.includes("get") && takesSession === true;
  if (permission) return proofs;
  const isAlone = takesKey === "maybe_alone" || isReadByAnyone || callers.length > 1;
  if (proofs.length === 0 || answer.status === 303) return [];
  return isAlone ? [{}, ...proofs] : proofs;
}

const shared = {
  tags: ["callbacks"],
  description:
    "Sent at least once for each fact, until a 2xx answers. A repeat has the same webhook-id. Verify the bytes as they came: docs/callbacks.md has examples.",
  security: [{ callbackSignature: [] }],
  parameters: [
    headerOf("webhook-id", "The fact. Every attempt has the same."),
    headerOf("webhook-timestamp", "When this attempt was sent, in seconds since the epoch."),
  ],
  responses: {
    "2XX": { description: "Taken. Nothing of the answer is read." },
    "410": { description: "The address is switched off." },
    default: { description: "Tried again, for 72 hours." },
  },
};
type Sent = { operationId: string; summary: string; shape: z.ZodType; example: object };
const callback = ({ operationId, summary, shape, example }: Sent) => ({
  operationId,
  summary,
  ...shared,
  requestBody: { required: true, content: { "application/json": { schema: z.toJSONSchema(shape, { io: "output" }), example } } },
});

/** What we send to a merchant's server. docs/callbacks.md says how it is verified. */
export const callbacks = {
  bookingCallback: {
    post: callback({
      operationId: "bookingCallback",
      summary: "A fact about a booking, sent to the merchant's callback_url",
      shape: bookingCallback,
      example: callbackExample,
    }),
  },
  orderCallback: {
    post: callback({
      operationId: "orderCallback",
      summary: "A fact about an order, sent to the merchant's callback_url",
      shape: orderCallback,
      example: orderCallbackExample,
    }),
  },
};

function headerOf(name: string, description: string) {
  return { name, in: "header", required: true, description, schema: { type: "string" } };
}
