import { ProviderFailure } from "#domain/provider-failure.ts";
import { inTenant } from "#platform/db.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { askOne } from "./check-day.ts";
import { answerOf } from "./list-day.ts";
import { ownRowsOf } from "./own-charges.ts";
import { keepDifferences } from "./record-check.ts";

/** Looks again at what differs about one payment, once somebody has had it settled. */
export async function recheckPayment({ tenantId, paymentId }: { tenantId: string; paymentId: string }): Promise<void> {
  const open = await openOf({ tenantId, paymentId });
  for (const { connectionId, id, day } of open) {
    const place = { tenantId, connectionId };
    const provider = await answerOf(connectedProvider(place));
    if (provider instanceof ProviderFailure) return;
    const own = (await ownRowsOf(place, [id])).get(id) ?? null;
    const differences = await askOne(provider, id, own);
    if (differences instanceof ProviderFailure) return;
    await inTenant(tenantId, (tx) => keepDifferences(tx, { ...place, day }, { differences, settled: [id] }));
  }
}

type Open = { connectionId: string; id: string; day: string };

function openOf({ tenantId, paymentId }: { tenantId: string; paymentId: string }): Promise<Open[]> {
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("settlement_difference as d")
      .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "d.tenant_id").onRef("p.reference", "=", "d.reference"))
      .select(["d.connection_id as connectionId", "d.provider_charge_id as id"])
      .select((is) => is.fn<string>("to_char", ["d.day", is.val("YYYY-MM-DD")]).as("day"))
      .distinct()
      .where("p.id", "=", paymentId)
      .where("d.closed_at", "is", null)
      .execute();
    return rows;
  });
}
