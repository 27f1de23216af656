import { randomUUID } from "node:crypto";
import { orderWord } from "#providers/payments/addi/callback.ts";
import { sendRaw, statusOfEach } from "./by-hand.ts";
import type { Account } from "./payer.ts";

/** Callbacks that the simulated Addi would never send: made by hand, with a pair of our choice. */
export const deliverTo = (url: string, account: Account, reference: string): Promise<number> =>
  deliver({ url, pair: pairOf(account), reference, word: wordOf(account, reference) });

export function forge(account: Account, reference: string, sharedUrl: string): Promise<Record<string, number>> {
  const url = account.webhookUrl;
  const word = wordOf(account, reference);
  const { callbackUser = "", clientSecret = "" } = account.credentials;
  const tries = {
    "without a pair": deliver({ url, pair: null, reference, word }),
    "with a stranger's password": deliver({ url, pair: `${callbackUser}:password-of-somebody-else`, reference, word }),
    "with another secret of the account": deliver({ url, pair: `${callbackUser}:${clientSecret}`, reference, word }),
    "with an empty password": deliver({ url, pair: `${callbackUser}:`, reference, word }),
    "without the order's word": deliver({ url, pair: pairOf(account), reference, word: null }),
    "with another order's word": deliver({ url, pair: pairOf(account), reference, word: wordOf(account, "KF-OTHER") }),
    "with a stranger's password, at the shared address": deliver({ url: sharedUrl, pair: `${callbackUser}:x`, reference, word }),
    "not in its format": sendRaw(url, "not json"),
    "with nothing in it": sendRaw(url),
  };
  return statusOfEach(tries);
}

const pairOf = ({ credentials: { callbackUser = "", callbackPassword = "" } }: Account): string => `${callbackUser}:${callbackPassword}`;
const wordOf = ({ credentials: { allySlug = "" } }: Account, reference: string): string => orderWord({ allySlug }, reference);

type HandMade = { url: string; pair: string | null; reference: string; word: string | null };

/** An approval made by hand. */
async function deliver({ url, pair, reference, word }: HandMade): Promise<number> {
  const at = new URL(url);
  if (word !== null) at.searchParams.set("t", word);
  const money = { approvedAmount: "100000.0", currency: "COP" };
  const body = { orderId: reference, applicationId: randomUUID(), ...money, status: "APPROVED", statusTimestamp: "1541010870" };
  const headers = new Headers({ "content-type": "application/json" });
  if (pair !== null) headers.set("authorization", `Basic ${Buffer.from(pair).toString("base64")}`);
  return (await fetch(at, { method: "POST", headers, body: JSON.stringify(body) })).status;
}
