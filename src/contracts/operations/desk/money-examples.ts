import type { MerchantAttention, RefundCaseListed } from "#contracts/desk/money.ts";

export const refundCaseExample: RefundCaseListed = {
  id: "0199c0de-0000-7000-8000-00000000002a",
  number: "482-193-076",
  reason: "duplicate",
  state: "manual",
  method: "manual",
  amountMinor: 12_000_000,
  currency: "COP",
  dueAt: "2026-11-24T15:03:27.000Z",
  attempts: 2,
  lastError: "no_parts_of_this_method",
  proof: null,
  isWithdrawn: false,
  createdAt: "2026-11-21T15:03:27.000Z",
  provider: "wompi",
  providerChargeId: "113-1763737407-80917",
  reference: "kf-0199c0de-2",
  isByHand: true,
  isLate: false,
  proofFiles: [],
  checkout: {
    id: "0199c0de-0000-7000-8000-000000000002",
    kind: "booking",
    customerName: "Ana María Pérez",
    customerEmail: "ana@example.com",
  },
};
export const attentionExample: MerchantAttention = {
  items: [
    {
      kind: "refund_case_manual",
      subject: { kind: "refund_case", id: refundCaseExample.id },
      since: refundCaseExample.createdAt,
      checkoutId: "0199c0de-0000-7000-8000-000000000002",
      checkoutKind: "booking",
    },
  ],
  neither: [],
  watchedSince: "2026-03-02T14:00:00.000Z",
};
