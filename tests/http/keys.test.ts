import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createApiKey } from "#commands/api-keys/create-api-key.ts";
import { revokeApiKey } from "#commands/api-keys/revoke-api-key.ts";
import { keyPermissions, type MemberCaller, type Permission, rolePermissions } from "#contracts/caller.ts";
import { madeApiKey, newApiKey } from "#contracts/merchant/keys.ts";
import { apiKeys } from "#queries/merchant/api-keys.ts";
import type { Clinic } from "../support/clinic.ts";
import { openMerchant } from "../support/merchant.ts";
import { prepareStage } from "../support/stage.ts";
import { ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let caller: MemberCaller;
beforeAll(async () => {
  clinic = await stage.openClinic();
  const memberId = randomUUID();
  await stage.owner.query(
    "insert into member (tenant_id, id, person_id, role, name, email) values ($1, $2, $3, 'owner', 'Laura', 'l@x.example')",
    [clinic.tenantId, memberId, randomUUID()],
  );
  const origin = { address: "203.0.113.7", browser: "Firefox" };
  const as = { role: "owner", professionalId: null, seesPhones: true } as const;
  caller = { kind: "member", memberId, tenantId: clinic.tenantId, ...as, permissions: rolePermissions("owner"), origin };
});

const make = (name: string, permissions: Permission[] = ["services.read"], by = caller) =>
  createApiKey({ caller: by, input: { ...newApiKey.parse({ name, permissions }), tenantId: by.tenantId } });
const use = (key: string, path = "/api/tenant/payments") => ask(stage, path, { headers: { authorization: `Bearer ${key}` } });

test("a key has 192 random bits, opens only what it was given, and is stored as a hash alone", async () => {
  const { id, key } = await make("Página web", ["payments.read"]);
  expect(key).toMatch(/^kf_[A-Za-z0-9_-]{32}$/);
  expect((await use(key)).status).toBe(200);
  expectProblem(await use(key, "/api/events"), "forbidden");
  const { rows } = await stage.owner.query("select to_jsonb(k)::text as row from api_key k where id = $1", [id]);
  expect(rows[0].row).not.toContain(key);
  expect(rows[0].row).toContain(key.slice(0, 8));
  const keys = new Set(await Promise.all(Array.from({ length: 10 }, async (_, n) => (await make(`n${n}`)).key)));
  expect(keys.size).toBe(10);
});

test("its use is noted, and revoked it opens nothing at once", async () => {
  const { id, key } = await make("Contabilidad", ["payments.read"]);
  expect(await apiKeys(clinic.tenantId, id)).toMatchObject([{ lastUsedAt: null, createdBy: "Laura", shown: key.slice(0, 8) }]);
  await use(key);
  expect(await apiKeys(clinic.tenantId, id)).toMatchObject([{ lastUsedAt: expect.any(String), revokedAt: null }]);
  await revokeApiKey({ caller, input: { tenantId: clinic.tenantId, apiKeyId: id } });
  expectProblem(await use(key), "unauthorized");
  expect(await apiKeys(clinic.tenantId, id)).toMatchObject([{ revokedAt: expect.any(String) }]);
  const again = revokeApiKey({ caller, input: { tenantId: clinic.tenantId, apiKeyId: id } });
  await expect(again).rejects.toMatchObject({ code: "api_key_unknown" });
});

test("nobody gives a key more than they may do themselves, nor people's and keys' management", async () => {
  const narrow: MemberCaller = { ...caller, permissions: ["services.read", "api_keys.change"] };
  await expect(make("x", ["services.read", "payments.change"], narrow)).rejects.toMatchObject({
    code: "forbidden",
    errors: [{ path: "permissions", message: "not yours: payments.change" }],
  });
  for (const permission of ["api_keys.change", "members.change"]) {
    expect(newApiKey.safeParse({ name: "x", permissions: [permission] }).success).toBe(false);
    expect(keyPermissions).not.toContain(permission);
  }
  expect(newApiKey.safeParse({ name: "x", permissions: [] }).success).toBe(false);
});

test("a key of one merchant is unknown to another, and no key manages keys", async () => {
  const { id, key } = await make("Propia", [...keyPermissions]);
  const other = await stage.openClinic();
  const theirs = revokeApiKey({ caller, input: { tenantId: other.tenantId, apiKeyId: id } });
  await expect(theirs).rejects.toMatchObject({ code: "api_key_unknown" });
  expectProblem(await use(key, "/api/api-keys"), "unauthorized");
  const json = { name: "another", permissions: ["services.read"] };
  expectProblem(await ask(stage, "/api/api-keys", { headers: { authorization: `Bearer ${key}` }, json }), "unauthorized");
});

test("by the API a key is shown once: a repeat with the same Idempotency-Key makes none and shows none", async () => {
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const headers = { cookie: owner.cookie, "idempotency-key": "make-a-key" };
  const send = (json: object) => ask(stage, "/api/api-keys", { headers, json });
  const json = { name: "Una sola", permissions: ["services.read"] };
  const [first, again] = [await send(json), await send(json)];
  const made = expectShape(madeApiKey, first.body);
  expect(made.key).toMatch(/^kf_/);
  expect(again.body).toEqual({ ...made, key: null });
  expectProblem(await send({ ...json, name: "Otra" }), "idempotency_key_reused");
  const { body } = await ask(stage, "/api/api-keys", { headers: { cookie: owner.cookie } });
  expect((body as { keys: { name: string }[] }).keys.filter(({ name }) => name === "Una sola")).toHaveLength(1);
  const kept = await stage.owner.query("select answer::text as text from idempotency_key where tenant_id = $1", [clinic.tenantId]);
  for (const { text } of kept.rows) expect(text).not.toContain(made.key);
  expect((await ask(stage, `/api/api-keys/${made.id}`, { method: "DELETE", headers: { cookie: owner.cookie } })).status).toBe(204);
});

test("an admin sees keys and makes none; staff see none", async () => {
  const json = { name: "x", permissions: ["services.read"] };
  for (const [role, status] of [
    ["admin", 200],
    ["staff", 403],
  ] as const) {
    const headers = { cookie: (await openMerchant(stage, { tenantId: clinic.tenantId, role })).cookie };
    expect((await ask(stage, "/api/api-keys", { headers })).status).toBe(status);
    expectProblem(await ask(stage, "/api/api-keys", { headers, json }), "forbidden");
  }
});

test("there are at most fifty living keys, also when many are made at once", async () => {
  const { tenantId } = await stage.openClinic();
  const by = { ...caller, tenantId };
  const ends = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => make(`k${n}`, ["services.read"], by)));
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
  for (const end of ends) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "too_many_api_keys" });
});

test("making and revoking are in the audit log, without the key", async () => {
  const { id, key } = await make("Con historia");
  await revokeApiKey({ caller, input: { tenantId: clinic.tenantId, apiKeyId: id } });
  const { rows } = await stage.owner.query(
    "select kind, actor, changes, origin, to_jsonb(e)::text as text from event e where tenant_id = $1 and details ->> 'apiKeyId' = $2 order by created_at",
    [clinic.tenantId, id],
  );
  const by = { actor: `member:${caller.memberId}`, origin: caller.origin };
  expect(rows).toMatchObject([
    { kind: "api_key.created", ...by, changes: { name: [null, "Con historia"], hash: [null, "••••"] } },
    { kind: "api_key.revoked", ...by },
  ]);
  for (const { text } of rows) expect(text).not.toContain(key);
});
