import { readShape } from "./payment-shape.ts";
import type { MpAccount, MpPayment } from "./shapes.ts";
import { type MercadopagoWorld, paymentsOf } from "./world.ts";

const rowsByDefault = 30;

/** Knows of a payment a little later than its own address does (knob `searchLag`). */
export function searchPayments(world: MercadopagoWorld, account: MpAccount, query: Record<string, string>) {
  const { external_reference: reference, status, criteria } = query;
  const found = paymentsOf(world, account.userId, reference).filter(
    (payment) => isShown(payment) && (!status || payment.status === status),
  );
  const ordered = criteria === "asc" ? found : found.toReversed();
  const { apiBadRows, apiPageRows } = account.knobs;
  const limit = Math.min(Math.max(Number(query.limit) || rowsByDefault, 1), apiPageRows);
  const offset = Math.max(Number(query.offset) || 0, 0);
  const rows = ordered.slice(offset, offset + limit).map((payment) => readShape(payment, account));
  return { paging: { total: ordered.length + apiBadRows, limit, offset }, results: [...badRows(apiBadRows), ...rows] };
}

function isShown(payment: MpPayment): boolean {
  if (payment.hiddenSearchesLeft === 0) return true;
  payment.hiddenSearchesLeft -= 1;
  return false;
}

/** Rows as no documentation has them: the amount is a word, or there is nothing but an id. */
function badRows(count: number): object[] {
  return Array.from({ length: count }, (_, n) => (n % 2 === 0 ? { id: `bad-${n}`, transaction_amount: "mil pesos" } : { id: `bad-${n}` }));
}
