import { randomBytes } from "#platform/ids.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import type { TestAccount } from "../definition.ts";

/** An account at the simulator, whose panel takes any keys that are shaped like Mercado Pago's. */
export const testAccount: TestAccount = {
  newCredentials() {
    const account = 100_000_000 + (randomBytes(4).readUInt32BE() % 900_000_000);
    const application = 1_000_000_000_000_000 + (randomBytes(4).readUInt32BE() % 1_000_000_000);
    return {
      accessToken: `APP_USR-${application}-112700-${randomBytes(16).toString("hex")}-${account}`,
      webhookSecret: randomBytes(32).toString("hex"),
    };
  },

  async open({ simulatorsUrl, credentials, webhookUrl }) {
    const reply = await callService({
      provider: "mercadopago",
      method: "POST",
      url: new URL("/mercadopago/panel/accounts", simulatorsUrl),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ name: "Konfirmado", ...Object(credentials), webhookUrl }),
    });
    if (reply.status !== 200) throw failureOfReply({ provider: "mercadopago", reply, asked: "opening a test account" });
  },
};
