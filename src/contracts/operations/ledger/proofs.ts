import { z } from "zod";
import { refundCaseRow } from "#contracts/desk/money.ts";
import { proofBytesMax, proofFilesMax, proofFileTypes, proofNameLengthMax } from "#contracts/ledger/limits.ts";
import { refundCaseExample } from "../desk/money-examples.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";

const id = "The refund case's id.";
const proofFile = {
  id: "0199c0de-0000-7000-8000-00000000002b",
  name: "transferencia-8841.pdf",
  type: "application/pdf" as const,
  bytes: 48_213,
  at: "2026-11-22T15:03:27.000Z",
};

/** Files that prove a refund by hand. There is no way to erase one. */
export const proofOperations = [
  {
    ...merchantChange,
    permission: "payments.change",
    id: "addRefundProofFile",
    methods: ["post"],
    path: "/api/refund-cases/{id}/proofs",
    summary: "Keep a file that proves a refund by hand, as the body itself",
    params: described(z.object({ id: z.uuid() }), { id }, "refund_case_unknown"),
    query: described(z.object({ name: z.string().max(proofNameLengthMax).optional() }), {
      name: "The file's name, for whoever downloads it.",
    }),
    upload: { types: proofFileTypes, bytesMax: proofBytesMax },
    answer: json(
      200,
      refundCaseRow,
      `At most 8 MB each and ${proofFilesMax} for a case. A picture is drawn anew as JPEG; a PDF is kept as it is. It is kept for good, and the case stays open: its proof in words ends it.`,
      { ...refundCaseExample, proofFiles: [proofFile] },
    ),
    refusals: ["refund_case_not_manual", "proof_type", "limit_reached"],
  },
  {
    ...merchantRead,
    permission: "payments.read",
    id: "getRefundProofFile",
    path: "/api/refund-cases/{id}/proofs/{proof}",
    summary: "A file that proves a refund",
    params: described(z.object({ id: z.uuid(), proof: z.uuid() }), { id, proof: "The file's id." }, "proof_unknown"),
    answer: {
      status: 200,
      contentType: "application/octet-stream",
      description: "A JPEG or a PDF, to be saved and never shown in a page of ours.",
    },
  },
] as const satisfies readonly Operation[];
