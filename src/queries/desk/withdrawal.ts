import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { withdrawalUntil } from "#domain/money-back/withdrawal-deadline.ts";
import { inTenant } from "#platform/db.ts";

type Word = { tenantId: string; bookingId: string; withdrawnOn?: string | undefined };
type Days = { bought_on: string; today: string; starts_on: string; has_begun: boolean; country: string };

/**
 * A right of withdrawal is one until its last day, and from nothing that has begun. What counts is
 * the day of the customer's word. Refuses: withdrawal_service_begun, withdrawal_over,
 * invalid_request (a day before the purchase, or one to come).
 */
export async function requireWithdrawal({ tenantId, bookingId, withdrawnOn }: Word): Promise<void> {
  const days = await inTenant(tenantId, (tx) =>
    sql<Days>`
      select t.country, ${boughtOn} as bought_on, (now() at time zone t.timezone)::date::text as today,
        (b.starts_at at time zone t.timezone)::date::text as starts_on, b.starts_at <= now() as has_begun
      from booking b
      join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
      join tenant t on t.tenant_id = b.tenant_id
      where b.tenant_id = current_tenant() and b.id = ${bookingId}`.execute(tx),
  );
  const [found] = days.rows;
  if (!found) throw new Refusal("checkout_unknown");
  const saidOn = withdrawnOn ?? found.today;
  if (saidOn > found.today || saidOn < found.bought_on)
    throw new Refusal("invalid_request", "Nobody can have withdrawn on that day.", [
      { path: "withdrawnOn", message: "from the purchase until today" },
    ]);
  if (found.has_begun && saidOn >= found.starts_on) throw new Refusal("withdrawal_service_begun");
  const until = withdrawalUntil(found.country, found.bought_on);
  if (until !== null && saidOn > until) throw new Refusal("withdrawal_over");
}

/** The contract's day: when it was paid, in the merchant's zone. Of checkout k and tenant t. */
export const boughtOn = sql<string>`(coalesce(
  (select c.approved_at from charge c where c.tenant_id = k.tenant_id and c.id = k.paid_charge_id), k.created_at
) at time zone t.timezone)::date::text`;
