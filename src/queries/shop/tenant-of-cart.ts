import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { appDb } from "#platform/db.ts";
import { isServedHere } from "#platform/served-tenant.ts";

/** Refuses: cart_unknown. At another merchant's host there is no such cart. */
export async function tenantOfCart(cartId: string): Promise<string> {
  const { rows } = await sql<{ tenant: string | null }>`select tenant_of_cart(${cartId}) as tenant`.execute(appDb());
  const tenant = rows[0]?.tenant;
  if (!tenant || !isServedHere(tenant)) throw new Refusal("cart_unknown");
  return tenant;
}
