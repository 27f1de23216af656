import { join } from "node:path";
import { demoMercadopagoAccount, demoWompiMerchant } from "#simulators/demo-config.ts";
import type { Settings } from "../plain/settings.mjs";
import { type DemoSecrets, writePrivate } from "./secrets.ts";

/** Gives the demo's server its own secrets, and simulators instead of outside services. */
export function serverEnvironment(
  settings: Settings,
  databaseUrl: string,
  secrets: DemoSecrets,
  isDevelopment: boolean,
): Record<string, string> {
  const simulators = `127.0.0.1:${settings.simulatorsPort}`;
  return {
    NODE_ENV: isDevelopment ? "development" : "production",
    DATABASE_URL: databaseUrl,
    // These would lead to another database than the demo's.
    ...(settings.databaseUrl ? {} : { DATABASE_APP_URL: "", DATABASE_SYSTEM_URL: "", DATABASE_AUTH_URL: "", DATABASE_DIRECT_URL: "" }),
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
    DATA_DIR: settings.dataDir,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    APP_SECRET: secrets.appSecret,
    JWT_SECRET: secrets.jwtSecret,
    CRON_SECRET: secrets.cronSecret,
    SIMULATORS_URL: `http://${simulators}`,
    WOMPI_API_URL: `http://${simulators}/wompi/v1`,
    // The customer's browser goes there, so it has the name that a person types.
    WOMPI_CHECKOUT_URL: `http://localhost:${settings.simulatorsPort}/wompi/p/`,
    MERCADOPAGO_API_URL: `http://${simulators}/mercadopago/api`,
    DAILY_API_URL: `http://${simulators}/daily/v1`,
    SMTP_URL: `smtp://127.0.0.1:${settings.smtpPort}`,
    // The demo's merchant server is on this machine. Nothing else private may be called.
    ALLOW_PRIVATE_CALLBACKS: simulators,
    // All customers of the demo come from this machine.
    RATE_LIMIT_CHANGES: "2000",
    WORKER: "on",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** The simulated providers must know where to send their webhooks. */
export function simulatorsEnvironment(settings: Settings): Record<string, string> {
  const file = join(settings.dataDir, "simulators.json");
  const webhooksOf = (provider: string) => `http://127.0.0.1:${settings.port}/api/webhooks/${provider}`;
  writePrivate(file, {
    wompi: { merchants: [{ ...demoWompiMerchant, eventsUrl: webhooksOf("wompi") }] },
    mercadopago: { accounts: [{ ...demoMercadopagoAccount, webhookUrl: webhooksOf("mercadopago") }] },
  });
  return {
    SIMULATORS_PORT: String(settings.simulatorsPort),
    SIMULATORS_SMTP_PORT: String(settings.smtpPort),
    SIMULATORS_CONFIG: file,
    APP_URL: settings.appUrl,
  };
}

export const simulatorsUrlOf = (settings: Settings): string => `http://127.0.0.1:${settings.simulatorsPort}`;
