import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { inTenant } from "#platform/db.ts";

type Place = { tenantId: string; connectionId: string };

/**
 * Keeps what the provider tells of fees and arrivals with the charge. It is often told after the
 * approval, so it moves no state and has no part in settling. What is not told takes nothing away.
 */
export async function keepPayouts({ tenantId, connectionId }: Place, charges: readonly ChargeFact[]): Promise<void> {
  const told = charges.flatMap(({ providerChargeId, payout }) => (payout ? [{ providerChargeId, ...payout }] : []));
  if (told.length === 0) return;
  await inTenant(tenantId, (tx) =>
    sql`
      update charge c set
        fee_minor = coalesce("feeMinor", c.fee_minor),
        net_minor = coalesce("netMinor", c.net_minor),
        arrives_at = coalesce("arrivesAt", c.arrives_at)
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as given (
        "providerChargeId" text, "feeMinor" bigint, "netMinor" bigint, "arrivesAt" timestamptz)
      where c.tenant_id = ${tenantId} and c.connection_id = ${connectionId} and c.provider_charge_id = "providerChargeId"
        and (c.fee_minor, c.net_minor, c.arrives_at) is distinct from (
          coalesce("feeMinor", c.fee_minor), coalesce("netMinor", c.net_minor), coalesce("arrivesAt", c.arrives_at))`.execute(tx),
  );
}
