import { beforeAll, expect, test } from "vitest";
import { type CustomersImportAnswer, customersImportAnswer } from "#contracts/customers/import.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { buys, found, listOf, pageOf, type Reception, receptionOf } from "./people.ts";

const stage = prepareStage();
let clinic: Clinic;
let owner: Reception;
beforeAll(async () => {
  clinic = await stage.openClinic();
  owner = await receptionOf(stage, clinic);
});

async function imported(csv: string, isTrial = false): Promise<CustomersImportAnswer> {
  const answer = await owner("/import", { json: { csv, isTrial } });
  expect(answer.status, answer.text).toBe(200);
  return expectShape(customersImportAnswer, answer.body);
}
const count = async () => {
  const { rows } = await stage.owner.query("select count(*)::int as count from customer where tenant_id = $1", [clinic.tenantId]);
  return rows[0].count;
};

test("a file as a spreadsheet saves it adds its people once, and a purchase finds them", async () => {
  await buys(stage, clinic, { n: 1, person: { name: "Ana Pérez", email: "ana@example.com", phone: "300 123 4567" } });
  const before = await count();
  const csv = [
    "\uFEFFNombre;Correo electrónico;Teléfono;Idioma;Cliente desde;Notas",
    "José Gómez;Jose@Example.com;301 222 3344;español;31/12/2023;Prefiere la mañana",
    "Zoë Çelik;;+33 6 12 34 56 78;fr;2024-02-29;",
    "",
    "La misma Ana;ANA@example.com;;;;",
    "José otra vez;;(301) 222-3344;;;",
  ].join("\r\n");
  const trial = await imported(csv, true);
  expect(trial).toMatchObject({ counts: { new: 2, known: 1, twice: 1 }, problems: [], created: 0 });
  expect(trial.rows.map(({ line, fate }) => [line, fate])).toEqual([
    [2, "new"],
    [3, "new"],
    [5, "known"],
    [6, "twice"],
  ]);
  expect(await count()).toBe(before);
  expect(await imported(csv)).toMatchObject({ counts: trial.counts, created: 2 });
  expect(await imported(csv)).toMatchObject({ counts: { new: 0, known: 4, twice: 0 }, created: 0 });
  expect(await count()).toBe(before + 2);
  const jose = await found(owner, "jose gomez");
  expect(jose).toMatchObject({ email: "Jose@example.com", phone: "+573012223344", locale: "es", since: "2023-12-31T05:00:00.000Z" });
  expect(jose.notes).toMatchObject([{ text: "Prefiere la mañana" }]);
  await buys(stage, clinic, { n: 2, person: { name: "J. Gómez", email: "otro@example.com", phone: "301 222 3344" } });
  expect(await pageOf(owner, jose.id)).toMatchObject({ name: "José Gómez", bookingsCount: 1 });
});

test("a file with anything wrong adds nobody, and each problem names its line, its column and what stood there", async () => {
  const before = await count();
  const csv = [
    "name,email,phone,language,since,note",
    "Bien,bien@example.com,,,,",
    "X,mala@,12,klingon,2199-01-01,",
    "Sin nada,,,,,",
    `Larga,larga@example.com,,,31/02/2024,${"x".repeat(2001)}`,
  ].join("\n");
  const { problems, created, problemsCount } = await imported(csv);
  expect(problems.map(({ line, column, problem }) => [line, column, problem])).toEqual([
    [3, "name", "name_invalid"],
    [3, "email", "email_invalid"],
    [3, "phone", "phone_invalid"],
    [3, "language", "language_unknown"],
    [3, "since", "since_invalid"],
    [4, "email", "contact_missing"],
    [5, "since", "since_invalid"],
    [5, "note", "note_too_long"],
  ]);
  expect([created, problemsCount, await count()]).toEqual([0, 8, before]);
});

test.each([
  ["without a contact's column", "name\nAna", "header_missing"],
  ["with an unknown column", "name,email,talla\nAna,a@example.com,3", "column_unknown"],
  ["with a column twice", "name,email,correo\nAna,a@example.com,b@example.com", "column_twice"],
  ["with nothing but a header", "name,email\n", "no_rows"],
  ["with a quote that never ends", 'name,email\n"Ana', "csv_unreadable"],
  ["of too many lines", `name,email\n${"Ana,a@example.com\n".repeat(10_001)}`, "too_many_rows"],
])("a file %s is refused in words", async (_, csv, problem) => {
  expect(await imported(csv, true)).toMatchObject({ rows: [], problems: [{ problem }], created: 0 });
});

test("our own export comes in again, and adds nobody who is there", async () => {
  const other = await receptionOf(stage, await stage.openClinic());
  const send = async (csv: string) => (await other("/import", { json: { csv } })).body;
  expect(await send("name,email\nAna,a@example.com\n'=Zoë,z@example.com")).toMatchObject({ problemsCount: 1 });
  expect(await send("name,email,phone\nAna,a@example.com,\nZoë,,+33612345678")).toMatchObject({ created: 2 });
  const { text } = await other(".csv");
  expect(await send(text)).toMatchObject({ counts: { new: 0, known: 2, twice: 0 }, problems: [], created: 0 });
});

test("ten thousand lines are added at once, and two of the same file at the same moment add each person once", async () => {
  const before = await count();
  const lines = Array.from({ length: 10_000 }, (_, n) => `Persona ${n},persona-${n}@many.example`);
  const csv = `name,email\n${lines.join("\n")}`;
  const answers = await Promise.all([imported(csv), imported(csv)]);
  expect(answers.map(({ created }) => created).sort()).toEqual([0, 10_000]);
  expect(await count()).toBe(before + 10_000);
  expect((await listOf(owner, "?search=persona-9999@many.example")).customers).toHaveLength(1);
});

test("a body that is too large is refused, and staff import nobody", async () => {
  expectProblem(await owner("/import", { json: { csv: `name,email\n${"x".repeat(2_200_000)}` } }), "body_too_large");
  const staff = await receptionOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId });
  expectProblem(await staff("/import", { json: { csv: "name,email\nAna,a@example.com" } }), "forbidden");
});
