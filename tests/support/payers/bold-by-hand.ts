import { createHmac, randomUUID } from "node:crypto";
import { sendRaw, statusOfEach } from "./by-hand.ts";
import type { Account } from "./payer.ts";

/**
 * Events that the simulated Bold would never send: made by hand, with signatures of our choice. In
 * test mode the key is empty, so that whoever knows the connection's address can sign.
 */
export const deliverTo = (url: string, _account: Account, reference: string): Promise<number> => deliver({ url, key: "", reference });

export function forge(account: Account, reference: string, sharedUrl: string): Promise<Record<string, number>> {
  const url = account.webhookUrl;
  const { identityKey = "" } = account.credentials;
  const tries = {
    "with a stranger's secret": deliver({ url, key: "secret-of-somebody-else", reference }),
    "with another key of the account": deliver({ url, key: identityKey, reference }),
    "over the body itself": deliver({ url, key: "", reference, isPlain: true }),
    "without a signature": deliver({ url, key: null, reference }),
    "with a stranger's secret, at the shared address": deliver({ url: sharedUrl, key: "secret-of-somebody-else", reference }),
    "not in its format": sendRaw(url, "not json"),
    "with nothing in it": sendRaw(url),
  };
  return statusOfEach(tries);
}

export const tellOfNoMoney = (account: Account): Promise<number> =>
  deliver({ url: account.webhookUrl, key: "", reference: "KF-NOTHING", type: "LINK_CREATED" });

type HandMade = { url: string; key: string | null; reference: string; type?: string; isPlain?: boolean };

/** An approval made by hand, signed with `key`. */
async function deliver({ url, key, reference, type = "SALE_APPROVED", isPlain = false }: HandMade): Promise<number> {
  const data = { payment_id: "CNHANDMADE123", amount: { currency: "COP", total: 100_000, tip: 0 }, metadata: { reference } };
  const body = JSON.stringify({ id: randomUUID(), type, subject: data.payment_id, source: "/payments/links", data });
  const message = isPlain ? body : Buffer.from(body).toString("base64");
  const signature = key === null ? "" : createHmac("sha256", key).update(message).digest("hex");
  const headers = { "content-type": "application/json", ...(signature && { "x-bold-signature": signature }) };
  return (await fetch(url, { method: "POST", headers, body })).status;
}
