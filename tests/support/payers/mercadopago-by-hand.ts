import { createHmac, randomInt, randomUUID } from "node:crypto";
import { sendRaw, statusOfEach } from "./by-hand.ts";
import { mercadopagoKeys } from "./mercadopago-keys.ts";
import type { Account } from "./payer.ts";

type HandMade = { url: string; secret: string; dataId: string; type?: string; isSigned?: boolean; changes?: object };

/** A notice that the simulator would never send: made by hand, signed with `secret`. */
export async function deliverNotice({ url, secret, dataId, type = "payment", isSigned = true, changes = {} }: HandMade): Promise<number> {
  const at = new URL(url);
  at.searchParams.set("data.id", dataId);
  at.searchParams.set("type", type);
  const requestId = randomUUID();
  const ts = String(Date.now());
  const v1 = createHmac("sha256", secret).update(`id:${dataId};request-id:${requestId};ts:${ts};`).digest("hex");
  const body = {
    id: randomInt(1e9),
    live_mode: true,
    type,
    action: `${type}.updated`,
    api_version: "v1",
    data: { id: dataId },
    ...changes,
  };
  const headers = {
    "content-type": "application/json",
    "x-request-id": requestId,
    ...(isSigned && { "x-signature": `ts=${ts},v1=${v1}` }),
  };
  return (await fetch(at, { method: "POST", headers, body: JSON.stringify(body) })).status;
}

export function forgeNotices(account: Account, dataId: string, sharedUrl: string): Promise<Record<string, number>> {
  const { accessToken, webhookSecret } = mercadopagoKeys(account);
  const url = account.webhookUrl;
  const stranger = "a_secret_of_somebody_else";
  const legacy = new URL(url);
  legacy.search = new URLSearchParams({ topic: "payment", id: dataId }).toString();
  const tries = {
    "without a secret": deliverNotice({ url, secret: "", dataId }),
    "with a stranger's secret": deliverNotice({ url, secret: stranger, dataId }),
    "with another secret of the account": deliverNotice({ url, secret: accessToken, dataId }),
    "without a signature": deliverNotice({ url, secret: webhookSecret, dataId, isSigned: false }),
    "as an older notice, which nobody signs": sendRaw(legacy),
    "with a stranger's secret, at the shared address": deliverNotice({ url: sharedUrl, secret: stranger, dataId }),
    "not in its format": sendRaw(url, "not json"),
    "with nothing in it": sendRaw(url),
  };
  return statusOfEach(tries);
}
