/** The default accounts at the simulated services, with which the demo tenant is seeded. */
export const demoWompiMerchant = {
  name: "Clínica Aurora",
  publicKey: "pub_test_demo",
  privateKey: "prv_test_demo",
  eventsSecret: "test_events_demo",
  integritySecret: "test_integrity_demo",
  eventsUrl: "http://127.0.0.1:3000/api/webhooks/wompi",
};

export const demoStripeAccount = {
  name: "Clínica Aurora",
  accountId: "acct_1demo",
  secretKey: "sk_test_demo",
  webhookSecret: "whsec_demo",
  eventsUrl: "http://127.0.0.1:3000/api/webhooks/stripe",
};

export const demoDaily = { apiKey: "daily_demo_key", domain: "demo" };

export const demoMerchantServer = {
  id: "demo",
  hmacSecret: "demo_callback_secret",
  /** 32 fixed bytes, 0x00 to 0x1f. */
  webhookSecret: `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
};

export const demoPort = 4400;
