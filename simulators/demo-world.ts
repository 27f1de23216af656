import type { SimulatorsConfig } from "./config.ts";
import { demoBoldConnection, demoBoldMerchant, demoMercadopagoAccount, demoStripeAccount, demoWompiMerchant } from "./demo-config.ts";

/** The demo's accounts, which must know where to send their webhooks. */
export function demoAccounts(appUrl: string): Omit<SimulatorsConfig, "port" | "smtpPort"> {
  const at = (provider: string) => `${appUrl}/api/webhooks/${provider}`;
  return {
    wompi: { merchants: [{ ...demoWompiMerchant, eventsUrl: at("wompi") }] },
    mercadopago: { accounts: [{ ...demoMercadopagoAccount, webhookUrl: at("mercadopago") }] },
    stripe: { accounts: [{ ...demoStripeAccount, eventsUrl: at("stripe") }] },
    // In test mode Bold signs with no key, so only the connection's own address proves anything.
    bold: { merchants: [{ ...demoBoldMerchant, webhookUrl: `${at("bold")}/${demoBoldConnection}` }] },
  };
}

/** The gateway's environment, with every provider at the simulators. */
export function simulatedAddresses(simulatorsUrl: string, browserUrl = simulatorsUrl): Record<string, string> {
  return {
    WOMPI_API_URL: `${simulatorsUrl}/wompi/v1`,
    // The customer's browser goes there.
    WOMPI_CHECKOUT_URL: `${browserUrl}/wompi/p/`,
    MERCADOPAGO_API_URL: `${simulatorsUrl}/mercadopago/api`,
    STRIPE_API_URL: simulatorsUrl,
    BOLD_API_URL: `${simulatorsUrl}/bold/api`,
    ADDI_API_URL: `${simulatorsUrl}/addi/api`,
    DAILY_API_URL: `${simulatorsUrl}/daily/v1`,
  };
}
