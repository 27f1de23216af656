import { readShape } from "./payment-shape.ts";
import type { MpAccount, MpPayment } from "./shapes.ts";
import { type MercadopagoWorld, paymentsOf } from "./world.ts";

const rowsByDefault = 30;

/** Knows of a payment a little later than its own address does (knob `searchLag`). */
export function searchPayments(world: MercadopagoWorld, account: MpAccount, query: Record<string, string>) {
  const { external_reference: reference, status, criteria } = query;
  const found = paymentsOf(world, account.userId, reference).filter(
    (payment) => isWithin(payment, query) && isShown(payment) && (!status || payment.status === status),
  );
  const ordered = criteria === "asc" ? found : found.toReversed();
  const { apiBadRows, apiPageRows } = account.knobs;
  const limit = Math.min(Math.max(Number(query.limit) || rowsByDefault, 1), apiPageRows);
  const offset = Math.max(Number(query.offset) || 0, 0);
  const rows = ordered.slice(offset, offset + limit).map((payment) => readShape(payment, account));
  return { paging: { total: ordered.length + apiBadRows, limit, offset }, results: [...badRows(apiBadRows), ...rows] };
}

/** `range` names the date that the others limit. This one knows `date_created` only. */
function isWithin({ createdAt }: MpPayment, { range, begin_date: begin, end_date: end }: Record<string, string>): boolean {
  if (range !== "date_created") return true;
  const at = Date.parse(createdAt);
  return (!begin || at >= Date.parse(begin)) && (!end || at <= Date.parse(end));
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
