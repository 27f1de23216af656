import type { Tx } from "#platform/db.ts";
import { kindOf } from "../checkouts/kinds.ts";

/** What a stored approval will need stays taken for at least so many minutes more. */
export async function keepClaim(tx: Tx, { checkoutId, minutes }: { checkoutId: string; minutes: number }): Promise<void> {
  const checkout = await tx.selectFrom("checkout").select(["id", "kind"]).where("id", "=", checkoutId).executeTakeFirstOrThrow();
  await kindOf(checkout).keepClaim(tx, checkout, minutes);
}
