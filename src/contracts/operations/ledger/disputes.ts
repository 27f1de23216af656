import { z } from "zod";
import { disputeList, disputesPageMax, disputesQuery } from "#contracts/ledger/disputes.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";
import { disputeExample } from "./examples.ts";

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
