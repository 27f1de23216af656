import { resetEnv } from "#platform/env.ts";
import { startSimulators } from "#simulators/main.ts";
import { startReceiver } from "../simulators/start.ts";

export const wompiCredentials = {
  publicKey: "pub_test_providers",
  privateKey: "prv_test_providers",
  eventsSecret: "test_events_providers",
  integritySecret: "test_integrity_providers",
};
export const mercadopagoCredentials = {
  accessToken: "APP_USR-1000000000000009-112700-abcdefabcdefabcdefabcdefabcdefab-100000009",
  webhookSecret: "5f".repeat(32),
};
export const merchantSecrets = {
  hmacSecret: "merchant_hmac_secret",
  webhookSecret: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
};

export type ProviderWorld = Awaited<ReturnType<typeof startProviderWorld>>;

/** The simulated outside world, with the environment pointing at it; webhooks come to a receiver of the test. */
export async function startProviderWorld() {
  const receiver = await startReceiver();
  const simulators = await startSimulators({
    port: 0,
    wompi: { merchants: [{ name: "Proveedores", ...wompiCredentials, eventsUrl: receiver.url }] },
    mercadopago: { accounts: [{ name: "Proveedores", ...mercadopagoCredentials, webhookUrl: receiver.url }] },
    daily: { apiKey: "daily_test_key", domain: "test" },
    merchantServers: [{ id: "shop", ...merchantSecrets }],
  });
  const { url, smtpPort } = simulators;
  pointEnvironment({ url, smtpPort });
  return {
    url,
    receiver,
    /** Presses a button of the simulated world, as a program. */
    async press(path: string, fields: Record<string, string | number> = {}) {
      const headers = { accept: "application/json", "content-type": "application/json" };
      const reply = await fetch(url + path, { method: "POST", body: JSON.stringify(fields), headers });
      if (!reply.ok) throw new Error(`${path} was answered with ${reply.status}: ${await reply.text()}`);
      return await reply.json();
    },
    async read(path: string) {
      return (await fetch(url + path)).json();
    },
    async stop() {
      await Promise.all([simulators.stop(), receiver.stop()]);
    },
  };
}

/** The webhooks since the last call, as they came over the wire. */
export const deliveriesOf = ({ receiver }: Pick<ProviderWorld, "receiver">) =>
  receiver.received.splice(0).map(({ body, headers, url }) => ({
    rawBody: Buffer.from(body),
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    url: new URL(url, receiver.url),
  }));

function pointEnvironment({ url, smtpPort }: { url: string; smtpPort: number }): void {
  Object.assign(process.env, {
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
    ENCRYPTION_KEYS: `k1:${"0".repeat(64)}`,
    APP_SECRET: "0".repeat(32),
    JWT_SECRET: "1".repeat(32),
    CRON_SECRET: "0".repeat(16),
    WOMPI_API_URL: `${url}/wompi/v1`,
    WOMPI_CHECKOUT_URL: `${url}/wompi/p/`,
    MERCADOPAGO_API_URL: `${url}/mercadopago/api`,
    DAILY_API_URL: `${url}/daily/v1`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: "Konfirmado <no-reply@konfirmado.test>",
    ALLOW_PRIVATE_CALLBACKS: new URL(url).host,
  });
  resetEnv();
}
