import type { SimulatorsConfig } from "./config.ts";
import { demoBoldMerchant, demoMercadopagoAccount, demoStripeAccount, demoWompiMerchant } from "./demo-config.ts";

/** The demo's accounts, which must know where to send their webhooks. */
export function demoAccounts(appUrl: string): Pick<SimulatorsConfig, "wompi" | "mercadopago" | "stripe" | "bold"> {
  const at = (provider: string) => `${appUrl}/api/webhooks/${provider}`;
  return {
    wompi: { merchants: [{ ...demoWompiMerchant, eventsUrl: at("wompi") }] },
    mercadopago: { accounts: [{ ...demoMercadopagoAccount, webhookUrl: at("mercadopago") }] },
    stripe: { accounts: [{ ...demoStripeAccount, eventsUrl: at("stripe") }] },
    bold: { merchants: [{ ...demoBoldMerchant, webhookUrl: at("bold") }] },
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
    DAILY_API_URL: `${simulatorsUrl}/daily/v1`,
  };
}
