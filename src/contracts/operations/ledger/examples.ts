import type { Arrivals } from "#contracts/ledger/arrivals.ts";
import type { DisputeListed } from "#contracts/ledger/disputes.ts";
import type { LedgerLine, MonthTotals } from "#contracts/ledger/ledger.ts";
import type { PaymentRow } from "#contracts/ledger/payments-list.ts";

const checkout = {
  id: "0199c0de-0000-7000-8000-000000000004",
  kind: "booking",
  customerName: "Ana María Pérez",
  service: "Teleconsulta de psicología",
  orderNumber: null,
};
const reference = "KF-7M2Q9X4C1V8B3N6Z5D0FHE";
const providerChargeId = "113-1763737407-80917";
const at = "2026-11-21T15:03:27.000Z";

export const paymentExample: PaymentRow = {
  id: "0199c0de-0000-7000-8000-000000000006",
  at,
  reference,
  provider: "wompi",
  mode: "production",
  providerChargeId,
  method: "NEQUI",
  state: "approved",
  amountMinor: 9_500_000,
  currency: "COP",
  feeMinor: 382_900,
  isFeeTold: false,
  netMinor: null,
  arrivesAt: null,
  tipMinor: 0,
  refundedMinor: 0,
  checkout,
  outcome: "booked",
  refundCase: null,
};

const sums = {
  provider: "wompi",
  currency: "COP",
  payments: 2,
  refunds: 1,
  takenMinor: 19_000_000,
  refundedMinor: 4_750_000,
  reversedMinor: 0,
  restoredMinor: 0,
  disputeFeesMinor: 0,
  netMinor: 14_250_000,
  feesMinor: 765_800,
  feesTold: 0,
  arrivesMinor: 13_484_200,
  partsUnknown: 0,
};
export const monthTotalsExample: MonthTotals = {
  month: "2026-11",
  mode: "production",
  timezone: "America/Bogota",
  days: [{ day: "2026-11-21", ...sums }],
  period: [sums],
};

export const ledgerLineExample: LedgerLine = {
  id: paymentExample.id,
  at,
  kind: "payment",
  amountMinor: 9_500_000,
  currency: "COP",
  provider: "wompi",
  mode: "production",
  method: "NEQUI",
  chargeId: paymentExample.id,
  providerChargeId,
  reference,
  checkout,
};

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

export const arrivalsExample: Arrivals = {
  mode: "production",
  timezone: "America/Bogota",
  today: "2026-11-21",
  days: [],
  unknown: [{ provider: "wompi", currency: "COP", payments: 2, takenMinor: 19_000_000 }],
};
