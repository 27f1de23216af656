import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { withdrawalLaw } from "#domain/money-back/withdrawal.ts";
import { withdrawalUntil } from "#domain/money-back/withdrawal-deadline.ts";
import type { Tx } from "#platform/db.ts";
import { wayOf } from "./standing-order.ts";

type Days = { bought_on: string; delivered_on: string | null; today: string; country: string; shipping: unknown };
export type OrderWithdrawal = { boughtOn: string; today: string; until: string | null; beginsLater: boolean };

/**
 * Of goods the days count from when the customer has them, of what is no thing from the purchase.
 * Refuses: order_unknown.
 */
export async function readOrderWithdrawal(tx: Tx, orderId: string): Promise<OrderWithdrawal> {
  const { rows } = await sql<Days>`
    select t.country, (o.paid_at at time zone t.timezone)::date::text as bought_on,
      (o.delivered_at at time zone t.timezone)::date::text as delivered_on,
      (now() at time zone t.timezone)::date::text as today, s.shipping
    from shop_order o
    join order_session s on s.tenant_id = o.tenant_id and s.id = o.id
    join tenant t on t.tenant_id = o.tenant_id
    where o.tenant_id = current_tenant() and o.id = ${orderId}`.execute(tx);
  const [found] = rows;
  if (!found) throw new Refusal("order_unknown");
  const from = wayOf(found.shipping) === "none" ? found.bought_on : found.delivered_on;
  return {
    boughtOn: found.bought_on,
    today: found.today,
    until: from && withdrawalUntil(found.country, from),
    beginsLater: from === null && withdrawalLaw(found.country) !== null,
  };
}

/**
 * A right of withdrawal is one until its last day. What counts is the day of the customer's word.
 * Refuses: order_unknown, withdrawal_over, invalid_request (a day before the purchase, or to come).
 */
export async function requireOrderWithdrawal(tx: Tx, orderId: string, withdrawnOn: string | undefined): Promise<void> {
  const { boughtOn, today, until } = await readOrderWithdrawal(tx, orderId);
  const saidOn = withdrawnOn ?? today;
  if (saidOn > today || saidOn < boughtOn)
    throw new Refusal("invalid_request", "Nobody can have withdrawn on that day.", [
      { path: "withdrawnOn", message: "from the purchase until today" },
    ]);
  if (until !== null && saidOn > until) throw new Refusal("withdrawal_over");
}
