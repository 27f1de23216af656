import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Service } from "#contracts/services.ts";
import { keyPermissions } from "#domain/roles.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import type { Place } from "#tests/support/world.ts";
import { type Asked, ask } from "../request.ts";

/** A program of the clinic, with an API key that is put into the database. */
export async function programOf(world: Place, { tenantId }: Clinic, permissions: readonly string[] = keyPermissions) {
  const key = `kf_${randomBytes(24).toString("base64url")}`;
  await world.owner.query("insert into api_key (tenant_id, id, name, shown, hash, permissions) values ($1, $2, 'Tests', $3, $4, $5)", [
    tenantId,
    randomUUID(),
    key.slice(0, 8),
    createHash("sha256").update(key).digest("hex"),
    permissions,
  ]);
  return (path: string, asked: Asked = {}) => ask(world, path, { ...asked, headers: { authorization: `Bearer ${key}`, ...asked.headers } });
}
export type Program = Awaited<ReturnType<typeof programOf>>;

export const usual = {
  name: "Control de fisioterapia",
  description: "Sesión corta para revisar cómo vas.",
  durationMinutes: 30,
  priceMinor: 8_000_000,
};

export async function makeService(program: Program, changes: object = {}): Promise<Service> {
  const answer = await program("/api/services", { json: { ...usual, ...changes } });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body as Service;
}

export const change = (program: Program, { id, version }: Service, changes: object) =>
  program(`/api/services/${id}`, { method: "PATCH", json: { version, ...changes } });
