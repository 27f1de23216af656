import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { keepClaim } from "#commands/settlement/keep-claim.ts";
import { inTenant } from "#platform/db.ts";
import type { Clinic } from "../../support/clinic.ts";
import { claimOrder, type OpenOrder, openOrder } from "../../support/shop/order.ts";
import { shelfOf, stockVariant } from "../../support/shop/shelf.ts";
import { timePasses } from "../../support/time-passes.ts";
import type { World } from "../../support/world.ts";
import { atOnce } from "../contest.ts";
import { settleOrder } from "./orders.ts";

type Race = { world: World; clinic: Clinic };
export type Ends = { late: string | undefined; isNewDone: boolean; onHand: number | null; taken: number };

export async function statusOf({ world }: Pick<Race, "world">, id: string): Promise<string | undefined> {
  const { rows } = await world.owner.query<{ status: string }>("select status from checkout where id = $1", [id]);
  return rows[0]?.status;
}

/** The last piece of a lapsed session: for its late payment or for a new buyer, never for both. */
export async function lateAgainstNew({ world, clinic }: Race, n: number): Promise<Ends> {
  const { tenantId } = clinic;
  const variantId = await stockVariant(world, clinic, { onHand: 1 });
  const lines = [{ variantId, quantity: 1 }];
  const late = await openOrder({ tenantId, lines });
  await timePasses(world, late.id, 60);
  let isNewDone = false;
  const buy = async () => {
    // Every other round the new buyer is a little slower, so that both may win.
    if (n % 2) for (let wait = 0; wait < 4; wait += 1) await world.owner.query("select 1");
    await claimOrder({ tenantId, lines });
    isNewDone = true;
  };
  await atOnce([() => settleOrder(clinic, late), buy]);
  const { onHand, claims } = await shelfOf(world, variantId);
  return { late: await statusOf({ world }, late.id), isNewDone, onHand, taken: (claims["paying"] ?? 0) + (claims["booked"] ?? 0) };
}

/** Everybody who touches an order session at its end, at once. */
export async function everybodyAtOnce({ world, clinic }: Race, n: number): Promise<void> {
  const { tenantId } = clinic;
  const variants = await Promise.all([4, 4, 4].map((onHand) => stockVariant(world, clinic, { onHand })));
  const lines = variants.map((variantId) => ({ variantId, quantity: 1 }));
  const orders: OpenOrder[] = [];
  for (let count = 0; count < 4; count += 1) orders.push(await openOrder({ tenantId, lines: count % 2 ? lines : lines.toReversed() }));
  for (const { id } of orders.slice(0, n % 3)) await timePasses(world, id, 60);
  await atOnce(
    orders.flatMap((order, index) => [
      () => settleOrder(clinic, order),
      () => inTenant(tenantId, (tx) => keepClaim(tx, { checkoutId: order.id, minutes: 5 })),
      ...(index === 0 ? [() => cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId: order.id } })] : []),
      ...(index === 1 ? [() => expireCheckout({ tenantId, checkoutId: order.id })] : []),
      () => claimOrder({ tenantId, lines, ...(index === 2 && { replaces: order.id }) }).catch(() => null),
    ]),
  );
}
