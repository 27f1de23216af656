import { randomBytes } from "node:crypto";
import { sha256Hex } from "#platform/ids.ts";
import type { World } from "../../support/world.ts";
import { type Answered, type Asked, ask } from "../request.ts";

export type Merchant = (path: string, asked?: Asked) => Promise<Answered>;

/** Asks with a key of the tenant that may do what a program may do here. */
export async function merchantOf(world: World, tenantId: string, permissions = allowed): Promise<Merchant> {
  const key = `kf_${randomBytes(24).toString("base64url")}`;
  await world.owner.query("insert into api_key (tenant_id, name, shown, hash, permissions) values ($1, 'Test', 'kf_', $2, $3)", [
    tenantId,
    sha256Hex(key),
    permissions,
  ]);
  return (path, asked = {}) => ask(world, path, { ...asked, headers: { authorization: `Bearer ${key}`, ...asked.headers } });
}

const allowed = ["tenant.read", "tenant.change", "services.change"];
