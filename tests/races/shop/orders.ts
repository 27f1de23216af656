import { settleCharge } from "#commands/settlement/settle-charge.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { Clinic } from "../../support/clinic.ts";
import type { OpenOrder } from "../../support/shop/order.ts";
import type { World } from "../../support/world.ts";

/** As its provider would tell it, in full. */
export function approval({ tenantId, connectionId }: Clinic, { reference, amountMinor }: OpenOrder) {
  const fact: ChargeFact = {
    providerChargeId: `charge of ${reference}`,
    reference,
    state: "approved",
    providerStatus: "approved",
    amountMinor,
    currency: "COP",
    method: "card",
    finalizedAt: new Date(),
  };
  return { tenantId, connectionId, fact };
}

export const settleOrder = (clinic: Clinic, order: OpenOrder) => settleCharge(approval(clinic, order));

/** How many order sessions of the merchant ended in each way. */
export async function endsOf(world: Pick<World, "owner">, { tenantId }: Clinic): Promise<Record<string, number>> {
  const { rows } = await world.owner.query<{ status: string; count: number }>(
    "select status, count(*)::int as count from checkout where tenant_id = $1 and kind = 'order' group by status",
    [tenantId],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

export async function numbersOf(world: Pick<World, "owner">, { tenantId }: Clinic): Promise<number[]> {
  const { rows } = await world.owner.query<{ number: number }>("select number::int from shop_order where tenant_id = $1 order by number", [
    tenantId,
  ]);
  return rows.map(({ number }) => number);
}

export function tally(ended: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(ended, (end) => end)].map(([end, all]) => [end, all.length]));
}
