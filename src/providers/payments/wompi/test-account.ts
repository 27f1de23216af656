import { randomBytes } from "#platform/ids.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import type { TestAccount } from "../definition.ts";

/** An account at the simulator, whose panel takes any keys that are shaped like Wompi's. */
export const testAccount: TestAccount = {
  newCredentials() {
    const word = randomBytes(8).toString("hex");
    return {
      publicKey: `pub_test_${word}`,
      privateKey: `prv_test_${randomBytes(8).toString("hex")}`,
      eventsSecret: `test_events_${randomBytes(8).toString("hex")}`,
      integritySecret: `test_integrity_${randomBytes(8).toString("hex")}`,
    };
  },

  async open({ simulatorsUrl, credentials, webhookUrl }) {
    const merchant = { name: "Konfirmado", ...Object(credentials), eventsUrl: webhookUrl };
    const reply = await callService({
      provider: "wompi",
      method: "POST",
      url: new URL("/wompi/panel/merchants", simulatorsUrl),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(merchant),
    });
    if (reply.status !== 200) throw failureOfReply({ provider: "wompi", reply, asked: "opening a test account" });
  },
};
