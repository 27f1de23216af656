import { beforeAll, expect, test } from "vitest";
import { type BookingsImportAnswer, bookingsImportAnswer } from "#contracts/desk/bookings-import.ts";
import { callbacksTo, mailsTo } from "#tests/engine/mails/seen.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { bookingOf, type Desk, deskOf } from "./desk.ts";

const stage = prepareStage({ keepsPromises: true });
const header = "date,time,service,professional,name,email,phone,price,note";
let clinic: Clinic;
let desk: Desk;
beforeAll(async () => {
  clinic = await openClinic();
  desk = await deskOf(stage, clinic);
});

async function openClinic(timezone = "America/Bogota"): Promise<Clinic> {
  const made = await stage.openClinic({ timezone });
  await stage.owner.query("update professional set name = 'José Ángel' where id = $1", [made.otherProfessionalId]);
  return made;
}

/** `2026-11-23,08:00`, as the clinic's clocks show it. */
function when(instant: string, timezone = "America/Bogota"): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timezone);
  return `${local.toPlainDate()},${local.toPlainTime().toString().slice(0, 5)}`;
}
const lineAt = (n: number, who: string, rest = ",") => `${when(slotStart(n))},Consulta,Laura,Persona ${who},${who}@import.example,,${rest}`;

async function imported(lines: string[], { isTrial = false, by = desk } = {}): Promise<BookingsImportAnswer> {
  const answer = await by("import", { json: { csv: [header, ...lines].join("\n"), isTrial } });
  expect(answer.status, answer.text).toBe(200);
  return expectShape(bookingsImportAnswer, answer.body);
}

async function rowsOf(email: string) {
  const { rows } = await stage.owner.query(
    `select k.id, k.status, k.payment_status, k.amount_minor, b.price_minor, b.starts_at, b.imported, c.state, h.outcome, k.customer_id
     from checkout k join booking b on b.id = k.id join slot_claim c on c.checkout_id = k.id join charge h on h.id = k.paid_charge_id
     where k.customer_email = $1 order by k.id`,
    [email],
  );
  return rows;
}
const count = async ({ tenantId } = clinic) => {
  const { rows } = await stage.owner.query("select count(*)::int as count from booking where tenant_id = $1", [tenantId]);
  return rows[0].count;
};

test("past and future lines become bookings, once, with their customers, and nobody is told", async () => {
  const own = await openClinic();
  const by = await deskOf(stage, own);
  const csv = [
    "\uFEFFFecha;Hora;Servicio;Profesional;Cliente;Correo electrónico;Teléfono;Precio;Notas",
    "31/01/2024;3:30 p. m.;CONSULTA;jose  angel;Ana Pérez;ana@import.example;300 123 4567;$ 80.000;=1+1",
    `${when(slotStart(0)).replace(",", ";")};Teleconsulta;Laura;Ana Pérez;ANA@import.example;;;`,
    `${when(slotStart(1)).replace(",", ";")};Tratamiento;Laura;Sin correo;;301 222 3344;;`,
  ].join("\r\n");
  const send = async (isTrial: boolean) => (await by("import", { json: { csv, isTrial } })).body;
  expect(await send(true)).toMatchObject({ counts: { new: 3, known: 0, twice: 0, past: 1 }, problems: [], created: 0 });
  expect(await count(own)).toBe(0);
  expect(await send(false)).toMatchObject({ created: 3 });
  expect(await send(false)).toMatchObject({ counts: { new: 0, known: 3, twice: 0, past: 0 }, created: 0 });

  const paid = { status: "confirmed", payment_status: "paid", amount_minor: 0, imported: true, outcome: "booked" };
  const [past] = await rowsOf("ana@import.example");
  expect(past).toMatchObject({ ...paid, price_minor: 8_000_000, state: "past", starts_at: new Date("2024-01-31T20:30:00Z") });
  const [future] = await rowsOf("ANA@import.example");
  expect(future).toMatchObject({ ...paid, price_minor: 10_000_000, state: "booked", starts_at: new Date(slotStart(0)) });
  expect(future?.customer_id).toBe(past?.customer_id);
  expect(await bookingOf(by, past?.id)).toMatchObject({ imported: true, notes: [{ text: "=1+1" }], rest: null, money: { restMinor: 0 } });
  const [silent] = await rowsOf("");
  expect(await bookingOf(by, silent?.id)).toMatchObject({ rest: null, customer: { phone: "+573012223344" } });

  const { rows } = await stage.owner.query("select kind from event where subject_id = $1", [future?.id]);
  expect(rows).toEqual([{ kind: "booking.imported" }]);
  const { rows: told } = await stage.owner.query("select job from follow_up where tenant_id = $1", [own.tenantId]);
  expect(told).toEqual([]);
  expect([(await mailsTo(stage, own, "professional")).length, (await callbacksTo(stage, own)).length]).toEqual([0, 0]);
});

test("an imported booking moves and is cancelled like any other, gives nothing back, and does not come in again", async () => {
  expect(await imported([lineAt(4, "mueve")])).toMatchObject({ created: 1 });
  const [{ id }] = await rowsOf("mueve@import.example");
  const place = (n: number) => ({ professionalId: clinic.professionalId, start: slotStart(n) });
  const moved = await desk(`${id}/move`, { json: { ...place(6), expected: place(4), notify: false } });
  expect(moved.status, moved.text).toBe(200);
  expectProblem(await desk(`${id}/rest`, { json: { mail: false } }), "no_rest");
  expectProblem(await desk(`${id}/resend`, { method: "POST" }), "booking_not_standing");
  const cancelled = await desk(`${id}/cancel`, { json: { refund: "none" } });
  expect(cancelled.status, cancelled.text).toBe(200);
  expect(await bookingOf(desk, id)).toMatchObject({ status: "cancelled", refundCases: [] });
  expect(await imported([lineAt(4, "mueve")])).toMatchObject({ counts: { new: 0, known: 1 }, created: 0 });
});

test("a time that somebody has is refused by its line, without their name, and nothing of the file is added", async () => {
  const held = await stage.reachPaymentPage(clinic, { start: slotStart(10) });
  const before = await count();
  for (const isTrial of [true, false]) {
    const answer = await imported([lineAt(8, "libre"), lineAt(10, "tarde"), lineAt(12, "uno"), lineAt(12, "dos")], { isTrial });
    expect(answer.problems.map(({ line, column, problem }) => [line, column, problem])).toEqual([
      [3, "time", "slot_taken"],
      [5, "time", "slot_taken"],
    ]);
    expect(JSON.stringify(answer)).not.toContain(held.id);
  }
  expect(await count()).toBe(before);
});

test("each problem names its line, its column, and the names that are known", async () => {
  const before = await count();
  const { problems, created } = await imported([
    "31/02/2026,25:00,Consulta,Laura,Ana,ana@import.example,,,",
    "2024-01-31,10:00,Masaje,Nadie,Ana,ana@import.example,,,",
    "2024-01-31,10:00,Consulta,Laura,=cmd|' /C calc'!A0,mala@,12,1.5.2,",
    "2199-01-31,10:00,Consulta,Laura,Ana,,,,",
  ]);
  expect(problems.map(({ line, column, problem }) => [line, column, problem])).toEqual([
    [2, "date", "date_invalid"],
    [2, "time", "time_invalid"],
    [3, "service", "service_unknown"],
    [3, "professional", "professional_unknown"],
    [4, "name", "name_invalid"],
    [4, "email", "email_invalid"],
    [4, "phone", "phone_invalid"],
    [4, "price", "price_invalid"],
    [5, "date", "too_far_ahead"],
    [5, "email", "contact_missing"],
  ]);
  expect(problems[2]?.known).toEqual(expect.arrayContaining(["Consulta", "Tratamiento", "Teleconsulta"]));
  expect(problems[3]?.known).toEqual(expect.arrayContaining(["Laura", "José Ángel"]));
  expect([created, await count()]).toEqual([0, before]);
});

test.each([
  ["without a needed column", "date,time,service,name,email\n2024-01-31,10:00,Consulta,Ana,a@example.com", "header_missing"],
  ["with a column that may say it was cancelled", `${header},status\n${",".repeat(9)}x`, "column_unknown"],
  ["with nothing but a header", `${header}\n`, "no_rows"],
  ["of too many lines", `${header}\n${"2024-01-31,10:00,Consulta,Laura,Ana,a@example.com\n".repeat(5001)}`, "too_many_rows"],
])("a file %s is refused in words", async (_, csv, problem) => {
  expect((await desk("import", { json: { csv, isTrial: true } })).body).toMatchObject({ rows: [], problems: [{ problem }], created: 0 });
});

test("times are the merchant's own, in a zone of half hours and on the day of a clock change", async () => {
  const kolkata = await openClinic("Asia/Kolkata");
  const by = await deskOf(stage, kolkata);
  expect(await imported(["2024-02-29,10:00,Consulta,Laura,Ana,india@import.example,,,"], { by })).toMatchObject({ created: 1 });
  expect(await rowsOf("india@import.example")).toMatchObject([{ starts_at: new Date("2024-02-29T04:30:00Z") }]);
  const madrid = await deskOf(stage, await openClinic("Europe/Madrid"));
  const skipped = "2024-03-31,02:30,Consulta,Laura,Ana,a@import.example,,,";
  expect(await imported([skipped], { by: madrid })).toMatchObject({ problems: [{ problem: "time_invalid" }], created: 0 });
});

test("of two imports of one time at once, one has it; of one file twice at once, it is there once", async () => {
  const [one, other] = await Promise.all([imported([lineAt(20, "a")]), imported([lineAt(20, "b")])]);
  expect([one.created, other.created].sort()).toEqual([0, 1]);
  expect([...one.problems, ...other.problems]).toMatchObject([{ problem: "slot_taken" }]);
  const same = await Promise.all([imported([lineAt(22, "c")]), imported([lineAt(22, "c")])]);
  expect(same.map(({ created, counts }) => [created, counts.known]).sort()).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test("five thousand lines come in at once", async () => {
  const many = await openClinic();
  const by = await deskOf(stage, many);
  const first = Temporal.PlainDate.from("2010-01-01");
  const lines = Array.from(
    { length: 5000 },
    (_, n) => `${first.add({ days: n })},10:00,Consulta,Laura,Persona ${n},p${n % 900}@many.example,,,`,
  );
  expect(await imported(lines, { by })).toMatchObject({ created: 5000, problems: [] });
  expect(await count(many)).toBe(5000);
});

test("staff import nothing, and another merchant's names are unknown", async () => {
  const staff = await deskOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId });
  expectProblem(await staff("import", { json: { csv: `${header}\n${lineAt(30, "x")}` } }), "forbidden");
  const other = await openClinic();
  await stage.owner.query("update professional set name = 'Propia' where tenant_id = $1 and name = 'Laura'", [other.tenantId]);
  const { problems } = await imported([lineAt(30, "x")], { by: await deskOf(stage, other) });
  expect(problems).toMatchObject([{ problem: "professional_unknown" }]);
  expect(problems[0]?.known).not.toContain("Laura");
});
