import { z } from "zod";
import type { AmountLimits, TestedCredentials } from "#domain/payment-provider.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import { type AddiApi, askForToken, failure } from "./api.ts";
import { capabilities } from "./definition.ts";

/** No call can prove the pair of the callbacks: a callback that arrives does. */
const unproven = ["callbackUser", "callbackPassword"];
const client = ["clientId", "clientSecret"];
const timeoutMs = 6000;

/** A token proves the client, and the public configuration proves the slug and tells the limits. */
export async function testCredentials(api: AddiApi): Promise<TestedCredentials> {
  const refused = (detail: string, field: string | null, proven: string[]) => ({ ok: false, detail, refused: field, proven, unproven });
  const token = await askForToken(api);
  if ([400, 401, 403].includes(token.status)) return refused("client_refused", "clientSecret", []);
  if (token.status !== 200) throw failureOfReply({ provider: "addi", reply: token, asked: "asking for a token" });
  const config = await readConfig(api);
  if (config === null) return refused("slug_refused", "allySlug", client);
  if (!config.isActiveAlly) return refused("account_inactive", null, [...client, "allySlug"]);
  return { ok: true, detail: "ok", refused: null, proven: [...client, "allySlug"], unproven, amounts: { COP: limitsOf(config) } };
}

/** Limits come as numbers or as texts. */
const pesos = z.coerce.number().min(0).max(1e10);
const configShape = z.object({ minAmount: pesos, maxAmount: pesos, isActiveAlly: z.boolean() });

async function readConfig(api: AddiApi): Promise<z.output<typeof configShape> | null> {
  const url = `${api.hosts.config}/allies/${encodeURIComponent(api.credentials.allySlug)}/config?requestedamount=50000`;
  const reply = await callService({ provider: "addi", method: "GET", url, timeoutMs });
  if (reply.status === 404 || reply.status === 400) return null;
  if (reply.status !== 200) throw failureOfReply({ provider: "addi", reply, asked: "reading the configuration" });
  const parsed = configShape.safeParse(reply.json());
  if (!parsed.success) throw failure("unexpected_reply", "the configuration is not as documented");
  return parsed.data;
}

/** Never wider than what is known of all merchants. */
function limitsOf({ minAmount, maxAmount }: z.output<typeof configShape>): AmountLimits {
  const { minMinor = 0, maxMinor = null, stepMinor = 1 } = capabilities.amounts["COP"] ?? {};
  const most = Math.round(maxAmount * 100);
  return {
    minMinor: Math.max(Math.round(minAmount * 100), minMinor),
    maxMinor: maxMinor === null ? most : Math.min(most, maxMinor),
    stepMinor,
  };
}
