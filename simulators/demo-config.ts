/** The default accounts at the simulated services, with which the demo tenant is seeded. */
export const demoWompiMerchant = {
  name: "Clínica Aurora",
  publicKey: "pub_test_demo",
  privateKey: "prv_test_demo",
  eventsSecret: "test_events_demo",
  integritySecret: "test_integrity_demo",
  eventsUrl: "http://127.0.0.1:3000/api/webhooks/wompi",
};

export const demoMercadopagoAccount = {
  name: "Clínica Aurora",
  accessToken: "APP_USR-1000000000000001-112700-0123456789abcdef0123456789abcdef-100000001",
  webhookSecret: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
  siteId: "MCO" as const,
  isTest: true,
  webhookUrl: "http://127.0.0.1:3000/api/webhooks/mercadopago",
};

export const demoStripeAccount = {
  name: "Clínica Aurora",
  accountId: "acct_1demo",
  secretKey: "sk_test_demo",
  webhookSecret: "whsec_demo",
  eventsUrl: "http://127.0.0.1:3000/api/webhooks/stripe",
};

export const demoAddiAlly = {
  name: "Clínica Aurora",
  allySlug: "clinica-aurora",
  clientId: "addi-client-demo",
  clientSecret: "addi-client-secret-demo",
  callbackUser: "konfirmado",
  callbackPassword: "addi-callback-password-demo",
  minAmount: 50_000,
  maxAmount: 20_000_000,
};

export const demoBoldMerchant = {
  name: "Clínica Aurora",
  identityKey: "bold-identity-demo",
  secretKey: "bold-secret-demo",
  mode: "test" as const,
  webhookUrl: "http://127.0.0.1:3000/api/webhooks/bold",
};

export const demoDaily = { apiKey: "daily_demo_key", domain: "demo" };

export const demoMerchantServer = {
  id: "demo",
  hmacSecret: "demo_callback_secret",
  /** 32 fixed bytes, 0x00 to 0x1f. */
  webhookSecret: `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
};

export const demoPort = 4400;
