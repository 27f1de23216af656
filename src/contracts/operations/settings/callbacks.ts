import { callbackDeliveries, callbackDeliveriesMax, callbackTest, exampleCallback } from "#contracts/callback-test.ts";
import { callbackTestsPerMinuteMax } from "#contracts/ledger/limits.ts";
import { json, merchantChange, merchantRead, type Operation } from "../operation.ts";

const at = "2026-11-21T15:03:27.000Z";
const url = "https://clinica-aurora.example/konfirmado";
const sent = {
  tenantId: "01900000-0000-7000-8000-000000000001",
  timezone: "America/Bogota",
  currency: "COP",
  now: new Date(at),
};
const testExample = {
  id: "0199c0de-0000-7000-8000-00000000004a",
  at,
  url,
  body: JSON.stringify(exampleCallback(sent)),
  status: 404,
  problem: "not_found" as const,
  detail: null,
  durationMs: 214,
  answer: "Not Found",
};

/** Whether the merchant's server takes what it is sent. */
export const callbackOperations = [
  {
    ...merchantChange,
    permission: "tenant.change",
    id: "testCallback",
    methods: ["post"],
    path: "/api/tenant/callback-test",
    summary: "Send an example to the merchant's server, signed as a real callback is",
    answer: json(
      200,
      callbackTest,
      `Its \`evento\` is \`callback.test\` and \`prueba\` is true: there is no such booking. At most ${callbackTestsPerMinuteMax} a minute. It is sent once, answers within ten seconds, and changes nothing of the address's health. \`web_page\`: it was taken, and the answer looks like a page for people.`,
      testExample,
    ),
    refusals: ["callback_address_missing", "callback_secret_missing"],
  },
  {
    ...merchantRead,
    permission: "events.read",
    id: "listCallbackDeliveries",
    path: "/api/tenant/callback-deliveries",
    summary: "The last attempts to tell the merchant's server something, with its answers",
    answer: json(200, callbackDeliveries, `The newest ${callbackDeliveriesMax}, tests too.`, {
      deliveries: [
        {
          ...{ id: testExample.id, at, event: "booking.paid", url, status: 200, error: null, durationMs: 87, answer: "ok" },
          checkoutId: "0199c0de-0000-7000-8000-000000000004",
          checkoutKind: "booking",
        },
      ],
    }),
  },
] as const satisfies readonly Operation[];
