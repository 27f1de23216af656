import { randomBytes } from "#platform/ids.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import type { TestAccount } from "../definition.ts";

/** An account at the simulator, whose panel takes any keys that are shaped like Bold's. */
export const testAccount: TestAccount = {
  newCredentials: () => ({
    identityKey: `aA0${randomBytes(30).toString("base64url")}`,
    secretKey: `aA0${randomBytes(18).toString("base64url")}`,
  }),

  async open({ simulatorsUrl, credentials, webhookUrl }) {
    const merchant = { name: "Konfirmado", ...Object(credentials), webhookUrl, mode: "test" };
    const reply = await callService({
      provider: "bold",
      method: "POST",
      url: new URL("/bold/panel/merchants", simulatorsUrl),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(merchant),
    });
    if (reply.status !== 200) throw failureOfReply({ provider: "bold", reply, asked: "opening a test account" });
  },
};
