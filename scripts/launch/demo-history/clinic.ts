import type { Actor } from "#contracts/caller.ts";
import { demo } from "#db/demo.ts";
import { inTenant } from "#platform/db.ts";
import { type Catalog, loadCatalog } from "#queries/catalog.ts";

/** What the rows of a history need to know of the demo. */
export type Clinic = { catalog: Catalog; callbackUrl: string | null; roomsUrl: string; desk: Actor; now: number };

export async function readClinic(simulatorsUrl: string): Promise<Clinic> {
  const catalog = await loadCatalog(demo.link.publicId);
  const { callbackUrl, memberId } = await inTenant(demo.tenantId, async (tx) => {
    const tenant = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
    const owner = await tx.selectFrom("member").select("id").where("email", "=", demo.owner.email).executeTakeFirst();
    return { callbackUrl: tenant.callback_url, memberId: owner?.id };
  });
  const roomsUrl = `${simulatorsUrl}/daily/room/`;
  return { catalog, callbackUrl, roomsUrl, desk: memberId ? `member:${memberId}` : "operator", now: Date.now() };
}
