import { createHmac } from "node:crypto";
import { sendRaw, statusOfEach } from "./by-hand.ts";
import type { Account } from "./payer.ts";
import { stripeKeys } from "./stripe-keys.ts";

/**
 * Events that the simulated Stripe would never send: made by hand, with signatures of our choice.
 */
export const deliverTo = (url: string, account: Account, reference: string): Promise<number> =>
  deliver({ url, secret: stripeKeys(account).webhookSecret, reference });

export function forge(account: Account, reference: string, sharedUrl: string): Promise<Record<string, number>> {
  const { webhookSecret, secretKey } = stripeKeys(account);
  const url = account.webhookUrl;
  const stranger = "whsec_of_somebody_else";
  const tries = {
    "without a secret": deliver({ url, secret: "", reference }),
    "with a stranger's secret": deliver({ url, secret: stranger, reference }),
    "with another secret of the account": deliver({ url, secret: secretKey, reference }),
    "from production to a test account": deliver({ url, secret: webhookSecret, reference, changes: { livemode: true } }),
    "of ten minutes ago": deliver({ url, secret: webhookSecret, reference, ageSeconds: 600 }),
    "with a stranger's secret, at the shared address": deliver({ url: sharedUrl, secret: stranger, reference }),
    "not in its format": sendRaw(url, "not json"),
    "with nothing in it": sendRaw(url),
  };
  return statusOfEach(tries);
}

export function tellOfNoMoney(account: Account): Promise<number> {
  const changes = { type: "customer.created", data: { object: { id: "cus_1", object: "customer" } } };
  return deliver({ url: account.webhookUrl, secret: stripeKeys(account).webhookSecret, reference: "KF-NOTHING", changes });
}

type HandMade = { url: string; secret: string; reference: string; changes?: object; ageSeconds?: number };

/** An approval made by hand, signed with `secret`. */
async function deliver({ url, secret, reference, changes = {}, ageSeconds = 0 }: HandMade): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
  const object = {
    id: "cs_test_a1byhand",
    object: "checkout.session",
    status: "complete",
    payment_status: "paid",
    payment_intent: "pi_3byhand",
    client_reference_id: reference,
    amount_total: 10_000_000,
    currency: "cop",
    metadata: { reference },
  };
  const id = `evt_1byhand${Math.random().toString(36).slice(2)}`;
  const event = {
    id,
    object: "event",
    type: "checkout.session.completed",
    created: timestamp,
    livemode: false,
    data: { object },
    ...changes,
  };
  const body = JSON.stringify(event);
  const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "stripe-signature": `t=${timestamp},v1=${signature}` };
  return (await fetch(url, { method: "POST", headers, body })).status;
}
