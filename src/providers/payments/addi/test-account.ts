import { randomBytes } from "#platform/ids.ts";
import { callService, failureOfReply } from "#platform/outbound.ts";
import type { TestAccount } from "../definition.ts";

/** An account at the simulator, whose panel takes any keys that are shaped like Addi's. */
export const testAccount: TestAccount = {
  newCredentials: () => ({
    allySlug: `konfirmado-${randomBytes(6).toString("hex")}`,
    clientId: `aA0${randomBytes(24).toString("base64url")}`,
    clientSecret: `aA0${randomBytes(45).toString("base64url")}`,
    callbackUser: "konfirmado",
    callbackPassword: `aA0${randomBytes(24).toString("base64url")}`,
  }),

  /** Addi is told where to call with each application, so the address is not needed here. */
  async open({ simulatorsUrl, credentials }) {
    const reply = await callService({
      provider: "addi",
      method: "POST",
      url: new URL("/addi/panel/allies", simulatorsUrl),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ name: "Konfirmado", ...Object(credentials) }),
    });
    if (reply.status !== 200) throw failureOfReply({ provider: "addi", reply, asked: "opening a test account" });
  },
};
