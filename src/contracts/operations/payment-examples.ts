import type { ConnectionAnswer, ConnectionTest, PaymentProviderAnswer } from "../merchant/connections.ts";

/** True of the demo (db/demo.ts), but for what is not there until somebody pays. */
const id = "01900000-0000-7000-8000-000000000003";

export const newConnectionExample = {
  provider: "wompi",
  mode: "test" as const,
  credentials: {
    publicKey: "pub_test_JcT2wQXb",
    privateKey: "prv_test_8Kd0aZrM",
    eventsSecret: "test_events_5uYvLq2E",
    integritySecret: "test_integrity_N4hXw7Pc",
  },
};

export const connectionExample: ConnectionAnswer = {
  id,
  version: 1,
  provider: "wompi",
  mode: "test",
  account: "pub_test_demo",
  label: null,
  isActive: true,
  limits: [],
  unfit: [],
  hasPayments: true,
  isReadable: true,
  credentials: [
    { name: "publicKey", hint: "pub_test_demo", isProven: false },
    { name: "privateKey", hint: "prv_test_••••", isProven: false },
    { name: "eventsSecret", hint: "test_events_••••", isProven: true },
    { name: "integritySecret", hint: "test_integrity_••••", isProven: true },
  ],
  webhookUrl: `https://citas.example/api/webhooks/wompi/${id}`,
  lastEventAt: "2026-11-21T15:03:27.000Z",
  createdAt: "2026-11-20T09:00:00.000Z",
};

export const connectionTestExample: ConnectionTest = {
  result: "failed",
  detail: "private_key_refused",
  fields: [
    { name: "publicKey", state: "proven", provenBy: "test" },
    { name: "privateKey", state: "refused", provenBy: "test" },
    { name: "eventsSecret", state: "unproven", provenBy: "event" },
    { name: "integritySecret", state: "unproven", provenBy: "payment" },
  ],
};

export const providerExample: PaymentProviderAnswer = {
  id: "wompi",
  name: "Wompi",
  fields: [
    {
      name: "privateKey",
      isSecret: true,
      pattern: "^prv_(test|prod)_\\w+$",
      prefixes: { test: "prv_test_", production: "prv_prod_" },
      provenBy: "test",
    },
  ],
  can: ["void_by_api"],
  cannot: ["refund_by_api", "refund_part", "close_page"],
  countries: ["CO"],
  asksFor: [],
  amounts: [{ currency: "COP", minMinor: 150_000, maxMinor: null, stepMinor: 100 }],
  facts: {
    methods: ["card", "nequi", "pse", "bancolombia", "daviplata"],
    fees: [
      {
        percent: 2.65,
        fixedMinor: 70_000,
        currency: "COP",
        taxPercent: 19,
        source: "https://wompi.com/es/co/planes-tarifas/",
        example: { paidMinor: 12_000_000, keptMinor: 461_700 },
      },
    ],
    panelUrl: "https://comercios.wompi.co/",
  },
};
