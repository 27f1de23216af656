import { z } from "zod";
import {
  merchantAttention,
  refundCasePage,
  refundCaseRow,
  refundCasesPageMax,
  refundCasesQuery,
  refundProof,
} from "#contracts/desk/money.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { attentionExample, refundCaseExample as example } from "./money-examples.ts";

const read = { ...merchantRead, permission: "payments.read" } as const;

/** Money that goes back, and what needs a person. */
export const deskMoneyOperations = [
  {
    ...read,
    id: "listRefundCases",
    path: "/api/refund-cases",
    summary: "Money that must go back, the nearest deadline first",
    query: described(refundCasesQuery, {
      view: "`waiting`: not back yet, the nearest deadline first; the default. `done`: back, or withdrawn, the newest first.",
      cursor: "`next` of the page before.",
      limit: `Cases on a page, at most ${refundCasesPageMax}; 50 by default.`,
    }),
    answer: json(200, refundCasePage, "`isByHand`: a person sends it, in the provider's panel or by transfer.", {
      refundCases: [example],
      next: null,
    }),
  },
  {
    ...merchantChange,
    permission: "payments.change",
    id: "resolveRefundCase",
    methods: ["put"],
    path: "/api/refund-cases/{id}/proof",
    summary: "Say that a person has sent the money back, and how it can be proven",
    params: described(z.object({ id: z.uuid() }), { id: "The refund case's id." }, "refund_case_unknown"),
    body: refundProof,
    bodyExamples: { transfer: { proof: "Transferencia Bancolombia 8841 del 22 de noviembre" } },
    answer: json(200, refundCaseRow, "The case is done, and the customer is told.", {
      ...example,
      state: "done",
      proof: "Transferencia Bancolombia 8841 del 22 de noviembre",
    }),
    refusals: ["refund_case_not_manual"],
  },
  {
    ...read,
    id: "listMerchantAttention",
    path: "/api/attention",
    summary: "What waits for a person of the merchant",
    answer: json(
      200,
      merchantAttention,
      "At most 100 of each kind, the oldest first. `neither` has approved payments that became nothing within five minutes: it should be empty.",
      attentionExample,
    ),
  },
] as const satisfies readonly Operation[];
