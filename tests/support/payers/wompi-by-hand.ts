import { createHash } from "node:crypto";
import { sendRaw, statusOfEach } from "./by-hand.ts";
import type { Account } from "./payer.ts";
import { wompiKeys } from "./wompi-keys.ts";

/**
 * Events that the simulated Wompi would never send: made by hand, with signatures of our choice.
 */
export const deliverTo = (url: string, account: Account, reference: string): Promise<number> =>
  deliver({ url, secret: wompiKeys(account).eventsSecret, reference });

export function forge(account: Account, reference: string, sharedUrl: string): Promise<Record<string, number>> {
  const { eventsSecret, integritySecret } = wompiKeys(account);
  const url = account.webhookUrl;
  const stranger = "test_events_of_somebody_else";
  const tries = {
    "without a secret": deliver({ url, secret: "", reference }),
    "with a stranger's secret": deliver({ url, secret: stranger, reference }),
    "with another secret of the account": deliver({ url, secret: integritySecret, reference }),
    "from production to a test account": deliver({ url, secret: eventsSecret, reference, changes: { environment: "prod" } }),
    "with a stranger's secret, at the shared address": deliver({ url: sharedUrl, secret: stranger, reference }),
    "not in its format": sendRaw(url, "not json"),
    "with nothing in it": sendRaw(url),
  };
  return statusOfEach(tries);
}

export function tellOfNoMoney(account: Account): Promise<number> {
  const changes = { event: "nequi_token.updated" };
  return deliver({ url: account.webhookUrl, secret: wompiKeys(account).eventsSecret, reference: "KF-NOTHING", changes });
}

type HandMade = { url: string; secret: string; reference: string; changes?: object };

/** An approval made by hand, signed with `secret`. */
async function deliver({ url, secret, reference, changes = {} }: HandMade): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const transaction = { id: "12-1769351602-1", status: "APPROVED", amount_in_cents: 10_000_000, currency: "COP", reference };
  const signed = `${transaction.id}${transaction.status}${transaction.amount_in_cents}${timestamp}${secret}`;
  const signature = {
    properties: ["transaction.id", "transaction.status", "transaction.amount_in_cents"],
    checksum: createHash("sha256").update(signed).digest("hex"),
  };
  const event = { event: "transaction.updated", data: { transaction }, timestamp, signature, environment: "test", ...changes };
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(event) });
  return answer.status;
}
