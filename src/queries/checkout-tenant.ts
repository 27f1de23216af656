import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { appDb } from "#platform/db.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A shop's own system may know a checkout by its `sessionToken`, which has the id in it. */
export function checkoutIdIn(given: string): string {
  return /^session_([0-9a-f-]{36})_\d{13}$/.exec(given)?.[1] ?? given;
}

/** Refuses a malformed id: checkout_unknown. */
export function requireCheckoutId(id: string): void {
  if (!uuid.test(id)) throw new Refusal("checkout_unknown");
}

/** Refuses: checkout_unknown. */
export async function tenantOfCheckout(checkoutId: string): Promise<string> {
  requireCheckoutId(checkoutId);
  const { rows } = await sql<{ tenant: string | null }>`select tenant_of_checkout(${checkoutId}) as tenant`.execute(appDb());
  const tenant = rows[0]?.tenant;
  if (!tenant) throw new Refusal("checkout_unknown");
  return tenant;
}
