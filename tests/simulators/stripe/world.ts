import Stripe from "stripe";
import { startSimulators } from "#simulators/main.ts";
import { startReceiver } from "../start.ts";

export const stripeAccount = {
  name: "Cuenta de pruebas",
  accountId: "acct_1suite",
  secretKey: "sk_test_suite",
  webhookSecret: "whsec_suite",
};

/** Fresh simulators with one account at Stripe, spoken to by the official package. */
export async function startStripe(changes: { webhookSecret?: string; enabledEvents?: string[] } = {}) {
  const receiver = await startReceiver();
  const account = { ...stripeAccount, ...changes, eventsUrl: receiver.url };
  const simulators = await startSimulators({ port: 0, stripe: { accounts: [account] } });
  const { url } = simulators;
  const { hostname: host, port } = new URL(url);
  const client = (key: string = stripeAccount.secretKey) =>
    new Stripe(key, { host, port, protocol: "http", maxNetworkRetries: 0, timeout: 5000, telemetry: false });
  return {
    ...simulators,
    receiver,
    client,
    /** Presses a button as a program. */
    async press(path: string, fields: Record<string, string | number> = {}) {
      const headers = { accept: "application/json", "content-type": "application/json" };
      const response = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(fields), headers });
      return { status: response.status, body: await response.json() };
    },
    turn: (knobs: Record<string, string | number>) =>
      fetch(`${url}/stripe/panel/knobs`, {
        method: "POST",
        body: new URLSearchParams({ accountId: stripeAccount.accountId, ...texts(knobs) }),
      }),
    async stop() {
      await Promise.all([simulators.stop(), receiver.stop()]);
    },
  };
}

const texts = (fields: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

export const sessionParams = (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams => ({
  mode: "payment",
  line_items: [{ quantity: 1, price_data: { currency: "cop", unit_amount: 8_500_000, product_data: { name: "Consulta" } } }],
  success_url: "http://127.0.0.1:9/pay/return?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://127.0.0.1:9/back",
  client_reference_id: "R-1",
  payment_intent_data: { metadata: { reference: "R-1" } },
  ...changes,
});
