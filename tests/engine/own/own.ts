import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { tenantChanges } from "#contracts/catalog.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import type { World } from "#tests/support/world.ts";

export type Own = { id: string; token: string };

/** What the page of a customer sends. */
export async function ownPost(world: Pick<World, "appUrl">, { id, token }: Own, what: "own-cancellation" | "own-move", body: object) {
  const response = await fetch(`${world.appUrl}/api/bookings/${id}/${what}?token=${token}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

export function setTenant({ tenantId }: Clinic, changes: object) {
  return updateTenant({ caller, input: { tenantId, changes: tenantChanges.parse(changes) } });
}

/** As if the appointment were so many hours from now. Its claim and buffers go along. */
export async function startsIn(world: Pick<World, "owner">, { id }: Pick<Own, "id">, hours: number): Promise<void> {
  const by = `(date_trunc('minute', now()) + make_interval(mins => ${Math.round(hours * 60)}) - starts_at)`;
  for (const [table, key] of [
    ["slot_claim", "checkout_id"],
    ["booking", "id"],
  ])
    await world.owner.query(
      `update ${table} set starts_at = starts_at + ${by}, ends_at = ends_at + ${by},
         during = tstzrange(lower(during) + ${by}, upper(during) + ${by}) where ${key} = $1`,
      [id],
    );
}

/** It was booked, and last told about, long ago. */
export async function toldLongAgo(world: Pick<World, "owner">, { id }: Pick<Own, "id">): Promise<void> {
  await world.owner.query("update event set created_at = created_at - interval '30 days' where subject_id = $1", [id]);
}
