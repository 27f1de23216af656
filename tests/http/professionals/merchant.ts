import { randomBytes, randomUUID } from "node:crypto";
import { keyPermissions } from "#domain/roles.ts";
import { sha256Hex } from "#platform/ids.ts";
import type { World } from "../../support/world.ts";
import { type Answered, ask } from "../request.ts";

export type Merchant = {
  keyId: string;
  get(path: string): Promise<Answered>;
  send(method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, json?: unknown, key?: string): Promise<Answered>;
};

/** A program of the merchant with a key of its own. */
export async function keyFor(world: World, tenantId: string, permissions: readonly string[] = keyPermissions): Promise<Merchant> {
  const key = `kf_${randomBytes(24).toString("base64url")}`;
  const keyId = randomUUID();
  await world.owner.query("insert into api_key (tenant_id, id, name, shown, hash, permissions) values ($1, $2, 'Prueba', $3, $4, $5)", [
    tenantId,
    keyId,
    key.slice(0, 9),
    sha256Hex(key),
    permissions,
  ]);
  const headers = { authorization: `Bearer ${key}` };
  return {
    keyId,
    get: (path) => ask(world, path, { headers }),
    send: (method, path, json, once) =>
      ask(world, path, {
        method,
        headers: { ...headers, ...(once && { "idempotency-key": once }) },
        ...(json === undefined ? {} : { json }),
      }),
  };
}
