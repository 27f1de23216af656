import { z } from "zod";
import { described, type Operation } from "./operation.ts";

const providerWords = "The id of the provider, as in the options of a link.";
const provider = described(z.object({ provider: z.string() }), { provider: providerWords });
const received = { status: 200, contentType: "text/plain", description: "Stored durably. Nothing else is a 200." } as const;
const refusals = ["unauthorized", "not_found", "body_too_large", "unsupported_media_type", "database_unavailable"] as const;
/** The documents' addresses: one for the whole installation. */
const shared = {
  methods: ["post"],
  tag: "providers",
  summary: "A webhook at one address for all merchants; its signature tells whose it is",
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
    id: "returnFromProvider",
    methods: ["get"],
    path: "/pay/return/{booking}/{token}",
    tag: "providers",
    summary: "Where a provider sends the customer back: an address of ours, without a query that it could disturb",
    callers: ["customer"],
    limit: "reads",
    params: described(z.object({ booking: z.string(), token: z.string() }), {
      booking: "The booking's id.",
      token: "The booking's token.",
    }),
    answer: { status: 303, description: "On to the booking's page." },
    refusals: [],
  },
] as const satisfies readonly Operation[];
