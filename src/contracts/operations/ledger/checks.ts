import { type SettlementChecks, settlementChecks } from "#contracts/ledger/checks.ts";
import { json, merchantRead, type Operation } from "../operation.ts";
import { paymentExample } from "./examples.ts";

const connectionId = "0199c0de-0000-7000-8000-00000000000b";
const example: SettlementChecks = {
  checks: [
    {
      ...{ id: "0199c0de-0000-7000-8000-00000000005c", connectionId, provider: paymentExample.provider, day: "2026-11-20" },
      ...{ outcome: "agrees", listed: 14, notOurs: 2, own: 12, why: null, askedAt: "2026-11-21T07:10:00.000Z", nextAt: null },
    },
  ],
  differences: [],
  connections: [{ id: connectionId, provider: paymentExample.provider, lists: true }],
};

/** The comparison of each day with what the providers list. */
export const checkOperations = [
  {
    ...merchantRead,
    permission: "payments.read",
    id: "listSettlementChecks",
    path: "/api/ledger/checks",
    summary: "How the last days compare with the providers' lists, and what differs",
    answer: json(
      200,
      settlementChecks,
      "A check changes nothing. `not_known`: the provider did not answer or a part of its list could not be read; it is tried again. Sales of the same account that were made elsewhere are no difference. A difference ends by itself once both agree.",
      example,
    ),
  },
] as const satisfies readonly Operation[];
