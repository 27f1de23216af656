import { randomBytes, randomUUID } from "node:crypto";
import { keyPermissions } from "#contracts/caller.ts";
import { sha256Hex } from "#platform/ids.ts";
import type { Place } from "../support/world.ts";

/** Proves a program of the merchant: the header with a key that may do all that keys may. */
export async function merchantKey(world: Pick<Place, "owner">, tenantId: string, permissions: readonly string[] = keyPermissions) {
  const key = `kf_${randomBytes(24).toString("base64url")}`;
  const row = [tenantId, randomUUID(), key.slice(0, 8), sha256Hex(key), permissions];
  await world.owner.query("insert into api_key (tenant_id, id, name, shown, hash, permissions) values ($1, $2, 'Tests', $3, $4, $5)", row);
  return { authorization: `Bearer ${key}` };
}
