import type { LedgerLine, MonthTotals } from "#contracts/ledger/ledger.ts";
import type { PaymentRow } from "#contracts/ledger/payments-list.ts";

const checkout = {
  id: "0199c0de-0000-7000-8000-000000000004",
  kind: "booking",
  customerName: "Ana María Pérez",
  service: "Teleconsulta de psicología",
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
  netMinor: 14_250_000,
  feesMinor: 765_800,
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
