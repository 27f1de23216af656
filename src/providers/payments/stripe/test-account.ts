import { randomBytes } from "#platform/ids.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import type { TestAccount } from "../definition.ts";

const word = (): string => randomBytes(8).toString("hex");

/** An account at the simulator, whose panel takes any keys that are shaped like Stripe's. */
export const testAccount: TestAccount = {
  newCredentials: () => ({ accountId: `acct_1${word()}`, secretKey: `sk_test_51${word()}`, webhookSecret: `whsec_${word()}` }),

  async open({ simulatorsUrl, credentials, webhookUrl }) {
    const account = { name: "Konfirmado", ...Object(credentials), eventsUrl: webhookUrl };
    const reply = await callService({
      provider: "stripe",
      method: "POST",
      url: new URL("/stripe/panel/accounts", simulatorsUrl),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(account),
    });
    if (reply.status !== 200) throw failureOfReply({ provider: "stripe", reply, asked: "opening a test account" });
  },
};
