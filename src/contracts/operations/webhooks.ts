import { z } from "zod";
import { customerRead, described, type Operation } from "./operation.ts";

const providerWords = "The provider's id, as in the options of a link.";
const provider = described(z.object({ provider: z.string() }), { provider: providerWords });
const received = { status: 200, contentType: "text/plain", description: "Stored durably. Nothing else is a 200." } as const;
const refusals = ["unauthorized", "not_found", "body_too_large", "unsupported_media_type", "database_unavailable"] as const;
/** The addresses of spec/: one for the whole installation. */
const shared = {
  methods: ["post"],
  tag: "providers",
  summary: "A webhook at one address for all merchants; the signature tells whose it is",
  callers: ["provider"],
  limit: "forgeries",
  params: provider,
  answer: received,
  refusals,
} as const;

/** What providers call, and where they send the customer back. */
export const webhookOperations = [
  {
    ...shared,
    id: "receiveWebhook",
    path: "/api/webhooks/{provider}/{connection}",
    summary: "A payment provider's webhook",
    params: described(z.object({ provider: z.string(), connection: z.string() }), {
      provider: providerWords,
      connection: "The connection's id, as shown beside its credentials.",
    }),
  },
  { ...shared, id: "receiveSharedWebhook", path: "/api/webhooks/{provider}" },
  { ...shared, id: "receiveSharedPaymentWebhook", path: "/api/payments/{provider}/webhook" },
  {
    ...customerRead,
    id: "returnFromProvider",
    tag: "providers",
    path: "/pay/return/{booking}/{token}",
    summary: "Where a provider sends the customer back. The address has no query, because a provider could change it",
    params: described(z.object({ booking: z.string(), token: z.string() }), {
      booking: "The id of the booking or the order session, or the `sessionToken` of the latter.",
      token: "Its token.",
    }),
    answer: { status: 303, description: "On to the page of the booking or the order." },
  },
] as const satisfies readonly Operation[];
