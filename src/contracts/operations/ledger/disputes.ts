import { z } from "zod";
import { type DisputeListed, disputeList, disputesPageMax, disputesQuery } from "#contracts/ledger/disputes.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";

export const disputeExample: DisputeListed = {
  id: "0199c0de-0000-7000-8000-00000000002c",
  providerDisputeId: "dp_1Qh2",
  kind: "dispute",
  state: "needs_response",
  providerStatus: "needs_response",
  amountMinor: 9_500_000,
  currency: "COP",
  feeMinor: 6_000_000,
  reason: "fraudulent",
  evidenceDueAt: "2026-12-05T23:59:59.000Z",
  isRefundable: false,
  openedAt: "2026-11-25T15:03:27.000Z",
  provider: "wompi",
  providerChargeId: "1292-1602113476-10985",
  checkout: { id: "0199c0de-0000-7000-8000-000000000002", kind: "booking", customerName: "Ana María Pérez" },
};

/** What banks ask about payments, or take back. */
export const disputeOperations = [
  {
    ...merchantRead,
    permission: "payments.read",
    id: "listDisputes",
    path: "/api/disputes",
    summary: "Disputes and inquiries of banks, what is due first",
    query: described(disputesQuery, { open: "`true`: those that are not decided; the default. `false`: those that are." }),
    answer: json(200, disputeList, `At most ${disputesPageMax}. An \`inquiry\` has taken no money yet.`, { disputes: [disputeExample] }),
  },
  {
    ...merchantRead,
    permission: "bookings.change",
    id: "getDisputeEvidence",
    path: "/api/disputes/{id}/evidence",
    summary: "What is known of a disputed payment, as a PDF for the bank",
    params: described(z.object({ id: z.uuid() }), { id: "The dispute's id." }, "dispute_unknown"),
    answer: {
      status: 200,
      contentType: "application/pdf",
      description:
        "Terms accepted, appointment, mails, opened pages, refunds: in the merchant's language, without any card's data. Who downloads it is in the log.",
    },
  },
] as const satisfies readonly Operation[];
