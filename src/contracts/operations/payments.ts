import { z } from "zod";
import {
  connectionOrder,
  connectionTestRequest,
  newPaymentConnection,
  ownPaymentConnectionChanges,
  paymentConnectionChanges,
} from "../catalog.ts";
import { connectionAnswer, connectionTest, paymentProviderAnswer } from "../merchant/connections.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "./operation.ts";
import { connectionExample, connectionTestExample, newConnectionExample, providerExample } from "./payment-examples.ts";

const connection = described(z.object({ id: z.uuid() }), { id: "The connection's id." }, "connection_unknown");
const read = { ...merchantRead, permission: "payments.read" } as const;
const change = { ...merchantChange, permission: "payments.change" } as const;
const changeRefusals = ["connection_unknown", "credentials_invalid", "connection_has_payments", "changed_meanwhile"] as const;

/** How a merchant is paid. No answer holds a secret. */
export const paymentOperations = [
  {
    ...read,
    id: "listPaymentProviders",
    path: "/api/payment-providers",
    summary: "Payment providers that can be connected: their credentials, what they can do and what they cost",
    answer: json(200, z.object({ providers: z.array(paymentProviderAnswer) }), "Every form is drawn from `fields`.", {
      providers: [providerExample],
    }),
  },
  {
    ...read,
    id: "listPaymentConnections",
    path: "/api/tenant/payments",
    summary: "The merchant's payment connections",
    answer: json(
      200,
      z.object({ connections: z.array(connectionAnswer) }),
      "At most 100: active ones first, in the order in which customers are offered them.",
      {
        connections: [connectionExample],
      },
    ),
  },
  {
    ...change,
    id: "orderPaymentConnections",
    methods: ["put"],
    path: "/api/tenant/payments/order",
    summary: "Put connections in the order in which customers are offered them",
    body: connectionOrder,
    bodyExamples: { order: { ids: [connectionExample.id] } },
    answer: { status: 204, description: "The named ones stand first, in this order. Versions do not change." },
    refusals: ["connection_unknown"],
  },
  {
    ...read,
    id: "getPaymentConnection",
    path: "/api/tenant/payments/{id}",
    summary: "One payment connection; `lastEventAt` tells whether its webhooks arrive",
    params: connection,
    answer: json(200, connectionAnswer, "The connection, without its secrets.", connectionExample),
  },
  {
    ...change,
    id: "createPaymentConnection",
    methods: ["post"],
    path: "/api/tenant/payments",
    summary: "Connect an account at a payment provider",
    takesKey: "beside_proof",
    body: newPaymentConnection,
    bodyExamples: { account: newConnectionExample },
    answer: json(
      201,
      connectionAnswer,
      "It is active at once, unless another account of the same provider is, or one of the other mode: then it waits until it is activated, and customers go on paying with the others.",
      { ...connectionExample, hasPayments: false, lastEventAt: null },
    ),
    refusals: ["credentials_invalid", "id_taken"],
  },
  {
    ...change,
    id: "updateOwnPaymentConnection",
    methods: ["patch"],
    path: "/api/tenant/payments",
    summary: "Replace secrets or mode of the active connection, or of the one with `id`",
    body: ownPaymentConnectionChanges,
    bodyExamples: { secret: { credentials: { privateKey: "prv_test_8Kd0aZrM" } } },
    answer: json(200, connectionAnswer, "Without `id`, exactly one connection must be active.", connectionExample),
    refusals: changeRefusals,
  },
  {
    ...change,
    id: "updatePaymentConnection",
    methods: ["patch"],
    path: "/api/tenant/payments/{id}",
    summary: "Replace secrets, mode or name of a connection",
    params: connection,
    body: paymentConnectionChanges,
    bodyExamples: {
      secret: { version: 1, credentials: { privateKey: "prv_test_8Kd0aZrM" } },
      name: { label: "Sede Chapinero" },
    },
    answer: json(
      200,
      connectionAnswer,
      "Secrets that are not given stay. Once payments were made with it, its account and mode are fixed: another account is a new connection.",
      connectionExample,
    ),
    refusals: changeRefusals,
  },
  {
    ...change,
    id: "activatePaymentConnection",
    methods: ["post"],
    path: "/api/tenant/payments/{id}/activate",
    summary: "Let customers pay with this connection, beside the others of its mode",
    params: connection,
    answer: json(
      200,
      connectionAnswer,
      "It is active, and accounts of the other mode are not any more. They still receive and refund what was begun with them.",
      connectionExample,
    ),
  },
  {
    ...change,
    id: "deactivatePaymentConnection",
    methods: ["post"],
    path: "/api/tenant/payments/{id}/deactivate",
    summary: "Begin no more payments with this connection",
    params: connection,
    answer: json(200, connectionAnswer, "What was begun with it is still received, asked for and refunded.", {
      ...connectionExample,
      isActive: false,
    }),
  },
  {
    ...change,
    id: "testPaymentConnection",
    methods: ["post"],
    path: "/api/tenant/payments/test",
    summary: "Ask the provider about the credentials of a connection, or about typed ones",
    body: connectionTestRequest,
    bodyExamples: { connected: { id: connectionExample.id }, typed: newConnectionExample },
    answer: json(
      200,
      connectionTest,
      "What is proven and what is not, field by field. `provenBy` says what proves a field: this test, an event that arrives, or a payment. Limits of the merchant's own contract, where the provider tells them, are kept with a stored connection; nothing else is changed.",
      connectionTestExample,
    ),
    refusals: ["connection_unknown", "credentials_invalid"],
  },
] as const satisfies readonly Operation[];
