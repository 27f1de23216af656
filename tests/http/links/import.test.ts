import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type LinkImportAnswer, linkImportAnswer } from "#contracts/links/links.ts";
import { sha256Hex } from "#platform/ids.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
const key = `kf_${randomBytes(24).toString("base64url")}`;
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
  await stage.owner.query("insert into api_key (tenant_id, name, shown, hash, permissions) values ($1, 'test', 'kf_', $2, $3)", [
    clinic.tenantId,
    sha256Hex(key),
    ["links.read", "links.change"],
  ]);
});

const send = (csv: string, isTrial = false) =>
  ask(stage, "/api/booking-links/import", { json: { csv, isTrial }, headers: { authorization: `Bearer ${key}` } });
async function imported(csv: string, isTrial = false): Promise<LinkImportAnswer> {
  const answer = await send(csv, isTrial);
  expect(answer.status, answer.text).toBe(200);
  return expectShape(linkImportAnswer, answer.body);
}
async function links(): Promise<number> {
  const { rows } = await stage.owner.query("select count(*)::int as count from booking_link where tenant_id = $1", [clinic.tenantId]);
  return rows[0].count;
}

test("a file as a spreadsheet saves it makes all its links", async () => {
  const before = await links();
  const publicId = `feria-${randomBytes(4).toString("hex")}`;
  const csv = [
    "\uFEFFNombre;Servicio;Vence;public id",
    `"Feria; sábado";consulta;31/12/2027;${publicId}`,
    "",
    `Instagram;${clinic.onlineServiceId};;`,
    "مها;;2027-06-01T12:00:00-05:00;",
  ].join("\r\n");
  const trial = await imported(csv, true);
  expect([trial.problems, trial.created, await links()]).toEqual([[], [], before]);
  const { rows, created } = await imported(csv);
  expect(rows).toEqual([
    { line: 2, name: "Feria; sábado", publicId, service: "Consulta", professional: null, expiresAt: "2028-01-01T05:00:00.000Z" },
    { line: 4, name: "Instagram", publicId: null, service: "Teleconsulta", professional: null, expiresAt: null },
    { line: 5, name: "مها", publicId: null, service: null, professional: null, expiresAt: "2027-06-01T17:00:00.000Z" },
  ]);
  expect(rows).toEqual(trial.rows);
  expect(created).toHaveLength(3);
  expect(await links()).toBe(before + 3);
  expect((await ask(stage, `/api/booking/${publicId}/options`)).body).toMatchObject({ preselected: { serviceId: clinic.serviceId } });
});

test("a file with anything wrong makes no link, and each problem names its line, its column and what stood there", async () => {
  const before = await links();
  const csv = [
    "name,public_id,service,professional,expires_at",
    "Bien,,,,",
    `,${clinic.link},Consulta,,`,
    `${"x".repeat(101)},no/good,Masaje,Laura,2020-01-01`,
    "Uno,mismo-id,,,mañana",
    "Dos,mismo-id,,,",
  ].join("\n");
  const { problems, created } = await imported(csv);
  expect(problems).toEqual([
    { line: 3, column: "name", value: "", problem: "name_missing" },
    { line: 3, column: "public_id", value: clinic.link, problem: "public_id_taken" },
    { line: 4, column: "name", value: "x".repeat(101), problem: "name_too_long" },
    { line: 4, column: "public_id", value: "no/good", problem: "public_id_invalid" },
    { line: 4, column: "service", value: "Masaje", problem: "service_unknown" },
    { line: 4, column: "professional", value: "Laura", problem: "professional_ambiguous" },
    { line: 4, column: "expires_at", value: "2020-01-01", problem: "expires_at_past" },
    { line: 5, column: "expires_at", value: "mañana", problem: "expires_at_invalid" },
    { line: 6, column: "public_id", value: "mismo-id", problem: "public_id_twice" },
  ]);
  expect([created, await links()]).toEqual([[], before]);
});

test.each([
  ["without a name column", "service\nConsulta", { line: 1, column: "name", value: "service", problem: "header_missing" }],
  ["with an unknown column", "name,precio\nUno,3", { line: 1, column: "precio", value: "precio", problem: "column_unknown" }],
  ["with a column twice", "name,nombre\nUno,Dos", { line: 1, column: "name", value: "nombre", problem: "column_twice" }],
  ["with nothing but a header", "name\n\n", { line: 2, column: "", value: "", problem: "no_rows" }],
  ["of nothing", "\n", { line: 1, column: "", value: "", problem: "header_missing" }],
  ["with a quote that never ends", 'name\n"Uno', { column: "", problem: "csv_unreadable" }],
  ["of too many lines", `name\n${"Uno\n".repeat(201)}`, { line: 202, column: "", value: "", problem: "too_many_rows" }],
])("a file %s is refused in words", async (_, csv, problem) => {
  const answer = await imported(csv, true);
  expect(answer).toMatchObject({ rows: [], problems: [problem], created: [] });
});

test("two files with the same public id at the same moment: one is whole, of the other there is nothing", async () => {
  const before = await links();
  const taken = `a-la-vez-${randomBytes(4).toString("hex")}`;
  const answers = await Promise.all(["Uno", "Dos"].map((name) => imported(`name,public_id\n${name} antes,\n${name},${taken}`)));
  const whole = answers.filter(({ created }) => created.length > 0);
  expect(whole.map(({ created }) => created.length)).toEqual([2]);
  expect(answers.flatMap(({ problems }) => problems)).toEqual([{ line: 3, column: "public_id", value: taken, problem: "public_id_taken" }]);
  expect(await links()).toBe(before + 2);
});

test("a body that is too large for an import is refused", async () => {
  expectProblem(await send(`name\n${"x".repeat(40_000)}`), "body_too_large");
});
