import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { rotateKeys } from "#commands/connections/rotate-keys.ts";
import { resetEnv } from "#platform/env.ts";
import { keyIds } from "#platform/secrets.ts";
import { findConnection } from "#queries/connections.ts";
import type { Clinic } from "../support/clinic.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
let clinics: Clinic[];
const key = () => randomBytes(32).toString("hex");
let oldKey: string;
const newKey = `n2:${key()}`;
beforeAll(async () => {
  oldKey = process.env["ENCRYPTION_KEYS"] ?? "";
  // More than one batch: three connections each.
  clinics = [];
  for (let n = 0; n < 45; n += 1) clinics.push(await stage.openClinic());
  await stage.owner.query("create table at_first as select id, credentials from connection");
});
beforeEach(async () => {
  await stage.owner.query("update connection c set credentials = f.credentials from at_first f where f.id = c.id");
  keysAre(newKey, oldKey);
});

function keysAre(...keys: string[]): void {
  process.env["ENCRYPTION_KEYS"] = keys.join(",");
  resetEnv();
}
const sealedWith = async () => {
  const { rows } = await stage.owner.query<{ credentials: string }>("select credentials from connection");
  return Map.groupBy(rows, (row) => keyIds(row.credentials).sealedWith);
};
const read = (clinic: Clinic | undefined) => findConnection({ tenantId: clinic?.tenantId ?? "", kind: "payment" });

test("every secret is sealed anew while a reader goes on reading, and a second run finds nothing to do", async () => {
  let reads = 0;
  let isRotating = true;
  const reader = (async () => {
    while (isRotating) {
      const clinic = clinics[reads++ % clinics.length];
      expect((await read(clinic))?.credentials).toEqual(clinic?.account.credentials);
    }
  })();
  expect(await rotateKeys()).toEqual({ resealed: 135, current: 0, unreadable: [] });
  isRotating = false;
  await reader;
  expect(reads).toBeGreaterThan(5);
  expect([...(await sealedWith()).keys()]).toEqual(["n2"]);
  expect(await rotateKeys()).toEqual({ resealed: 0, current: 135, unreadable: [] });

  keysAre(newKey);
  expect((await read(clinics[0]))?.credentials).toEqual(clinics[0]?.account.credentials);
});

test("two runs at once do each secret once between them", async () => {
  const [one, two] = await Promise.all([rotateKeys(), rotateKeys()]);
  expect((one?.resealed ?? 0) + (two?.resealed ?? 0)).toBe(135);
  expect([...(await sealedWith()).keys()]).toEqual(["n2"]);
});

test("what a person changes while it runs is theirs: it is not overwritten with the older secret", async () => {
  // The last of the first batch: it was read with the others, and is written after them.
  const { rows } = await stage.owner.query<{ id: string }>("select id from connection order by tenant_id, id offset 99 limit 1");
  const lastId = rows[0]?.id ?? "";
  const running = rotateKeys();
  await vi.waitUntil(async () => ((await sealedWith()).get("n2")?.length ?? 0) > 0, { interval: 1 });
  await stage.owner.query("update connection set credentials = 'v1.n2.changed.by.hand' where id = $1", [lastId]);
  expect((await sealedWith()).get("n2")?.length).toBeLessThan(99);
  await running;
  const after = await stage.owner.query("select credentials from connection where id = $1", [lastId]);
  expect(after.rows[0].credentials).toBe("v1.n2.changed.by.hand");
});

test("a secret whose key is gone is named and left alone", async () => {
  await stage.owner.query("update connection set credentials = replace(credentials, $2, 'v1.gone.') where tenant_id = $1", [
    clinics[0]?.tenantId,
    `v1.${oldKey.split(":")[0]}.`,
  ]);
  const { unreadable } = await rotateKeys();
  expect(unreadable).toHaveLength(3);
  expect((await sealedWith()).get("gone")).toHaveLength(3);
});
