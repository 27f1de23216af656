import { z } from "zod";
import type { TestedCredentials } from "#domain/payment-provider.ts";
import { ask, read } from "#providers/json-api.ts";
import { currencyOfSite } from "./amounts.ts";
import { type Api, failed } from "./api.ts";

const userShape = z.object({
  id: z.union([z.int(), z.string().min(1)]).transform(String),
  site_id: z.string().min(1),
  tags: z.array(z.string()).nullish().catch(null),
});

/** No call can prove the webhook's secret: a notice that arrives does. */
const unproven = ["webhookSecret"] as const;
const timeoutMs = 6000;

/** https://www.mercadopago.com.co/developers/en/docs/checkout-pro/additional-content/credentials */
export async function testConnection(api: Api): Promise<TestedCredentials> {
  const refused = (detail: string): TestedCredentials => ({ ok: false, detail, refused: "accessToken", proven: [], unproven });
  const reply = await ask({ ...api, timeoutMs }, "GET", "/users/me");
  if (reply.status === 401 || reply.status === 403) return refused("access_token_refused");
  if (reply.status !== 200) throw failed(reply, "reading the account");
  const { id, site_id: site, tags } = read("mercadopago", userShape, reply);
  if (!Object.hasOwn(currencyOfSite, site)) return refused("country_not_supported");
  // Every payment is compared with this number, so it must be the account's.
  if (id !== api.account) return refused("account_unclear");
  if (tags && api.isLive && tags.includes("test_user")) return refused("test_account");
  if (tags && !api.isLive && api.key.startsWith("APP_USR-") && !tags.includes("test_user")) return refused("real_account");
  return { ok: true, detail: "ok", refused: null, proven: ["accessToken"], unproven };
}
