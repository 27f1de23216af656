import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { resealAnswers } from "#commands/bookings/reseal-answers.ts";
import { resetEnv } from "#platform/env.ts";
import { ask } from "#tests/http/request.ts";
import { type Program, programOf } from "#tests/http/services/shop.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { openMerchant } from "#tests/support/merchant.ts";
import { readEffects } from "#tests/support/outside-effects.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { bookHeld, changeService } from "./walk.ts";

const stage = prepareStage({ keepsPromises: true });
const [why, first, where, allergies] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const questions = [
  { id: why, kind: "text" as const, label: "¿Por qué vienes?", isRequired: true },
  { id: first, kind: "yes_no" as const, label: "¿Primera visita?", isRequired: true },
  { id: where, kind: "choice" as const, label: "¿Dónde te duele?", options: ["Espalda", "Rodilla"] },
  { id: allergies, kind: "text" as const, label: "¿Alergias?", isPersonal: true, isRequired: true },
];
const secret = "penicilina y polen";
const good = { [why]: "Me caí <b>ayer</b>", [first]: true, [where]: "Rodilla", [allergies]: secret };

let clinic: Clinic;
let program: Program;
beforeAll(async () => {
  clinic = await stage.openClinic();
  program = await programOf(stage, clinic);
  await changeService(clinic, { questions });
});
const hold = async (n: number) => (await stage.hold(clinic, { start: slotStart(n) })).body;
const answersOf = async (id: string) => (await program(`/api/bookings/${id}/answers`)).body;

describe("a booking", () => {
  test.each([
    ["no answers", {}, { [why]: "missing", [first]: "missing", [allergies]: "missing" }],
    ["an answer of spaces", { ...good, [why]: " \n " }, { [why]: "missing" }],
    ["another choice than the offered", { ...good, [where]: "Cabeza" }, { [where]: "invalid" }],
    ["neither yes nor no", { ...good, [first]: "maybe" }, { [first]: "invalid" }],
    ["a control character", { ...good, [why]: "a\u0007b" }, { [why]: "invalid" }],
  ])("with %s is refused, naming each question, and makes nothing", async (_name, answers, wrong) => {
    const held = await hold(20);
    const refused = await bookHeld(stage, clinic, held, { answers });
    expect([refused.status, refused.body.code]).toEqual([422, "invalid_request"]);
    const told = Object.fromEntries((refused.body.errors ?? []).map(({ path, message }) => [path.slice("answers.".length), message]));
    expect(told).toEqual(wrong);
    const { rows } = await stage.owner.query("select id from booking where tenant_id = $1 and starts_at = $2", [
      clinic.tenantId,
      slotStart(20),
    ]);
    expect(rows).toEqual([]);
    await fetch(`${stage.appUrl}/api/holds/${held.id}`, { method: "DELETE", headers: { "x-checkout-session": held.session } });
  });

  test("needs no answer to what need not be answered, and none to what is asked no more", async () => {
    const { [where]: _, ...needed } = good;
    const booked = await bookHeld(stage, clinic, await hold(2), { answers: { ...needed, [randomUUID()]: "¿?" } });
    expect(booked.status, JSON.stringify(booked.body)).toBe(201);
  });
});

test("answers reach the merchant's mails and callback, but personal ones only who asks for them, sealed in the database", async () => {
  const booked = await bookHeld(stage, clinic, await hold(4), { answers: good });
  await stage.pay(booked.body.checkoutUrl, "approve");
  await stage.reaches(booked.body, { status: "confirmed" });
  await stage.settled(booked.body.id);
  const { mails, callbacks } = await readEffects(stage, clinic);
  const toMerchant = mails.find(({ to }) => to.includes(`merchant@${clinic.link}.example`));
  for (const said of ["¿Por qué vienes?: Me caí <b>ayer</b>", "¿Primera visita?: Sí", "¿Dónde te duele?: Rodilla"])
    expect(toMerchant?.text).toContain(said);
  expect(JSON.parse(callbacks[0]?.body ?? "{}").respuestas).toEqual([
    { pregunta: "¿Por qué vienes?", respuesta: "Me caí <b>ayer</b>" },
    { pregunta: "¿Primera visita?", respuesta: "yes" },
    { pregunta: "¿Dónde te duele?", respuesta: "Rodilla" },
  ]);
  expect(JSON.stringify([mails, callbacks])).not.toContain(secret);
  const { rows } = await stage.owner.query("select to_jsonb(a)::text as row from booking_answer a where booking_id = $1", [booked.body.id]);
  expect(rows).toHaveLength(4);
  expect(JSON.stringify(rows)).not.toContain(secret);
  const { rows: everywhere } = await stage.owner.query(
    `select query_to_xml('select * from ' || quote_ident(table_name), false, false, '')::text as content
     from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  // The first answer is kept for repeats, without what was asked.
  expect(JSON.stringify(everywhere)).not.toContain(secret);
  expect(await answersOf(booked.body.id)).toMatchObject({
    answers: [{ question: "¿Por qué vienes?" }, { answer: "yes" }, { answer: "Rodilla" }, { answer: secret, isPersonal: true }],
  });
  const { rows: reads } = await stage.owner.query("select actor from event where subject_id = $1 and kind = 'booking.answers_read'", [
    booked.body.id,
  ]);
  expect(reads).toEqual([{ actor: expect.stringMatching(/^api-key:/) }]);
});

test("a sealed yes looks like a sealed no", async () => {
  const id = randomUUID();
  const own = await stage.openClinic();
  await changeService(own, { questions: [{ id, kind: "yes_no", label: "¿Embarazo?", isPersonal: true }] });
  const sealed = await Promise.all(
    [true, false].map(async (answer, n) => {
      const held = (await stage.hold(own, { start: slotStart(n * 2) })).body;
      const booked = await bookHeld(stage, own, held, { answers: { [id]: answer } });
      const { rows } = await stage.owner.query("select length(sealed) as length from booking_answer where booking_id = $1", [
        booked.body.id,
      ]);
      return rows[0].length;
    }),
  );
  expect(sealed[0]).toBe(sealed[1]);
});

test("a customer who comes back may answer otherwise; the question stays as it was asked", async () => {
  const own = await stage.openClinic();
  const reader = await programOf(stage, own);
  await changeService(own, { questions });
  const held = (await stage.hold(own, { start: slotStart(0) })).body;
  const booked = await bookHeld(stage, own, held, { answers: good });
  const again = await bookHeld(stage, own, held, { answers: { ...good, [why]: "Otra cosa", [where]: "" } });
  expect(again.body.id).toBe(booked.body.id);
  await changeService(own, { questions: questions.map((question) => ({ ...question, label: `${question.label} (nueva)` })) });
  expect((await reader(`/api/bookings/${booked.body.id}/answers`)).body).toMatchObject({
    answers: [{ question: "¿Por qué vienes?", answer: "Otra cosa" }, { answer: "yes" }, { answer: secret }],
  });
});

test("another merchant's program does not read them", async () => {
  const booked = await bookHeld(stage, clinic, await hold(8), { answers: good });
  const stranger = await programOf(stage, await stage.openClinic());
  expect((await stranger(`/api/bookings/${booked.body.id}/answers`)).body).toMatchObject({ code: "checkout_unknown" });
  const without = await programOf(stage, clinic, ["services.read"]);
  expect((await without(`/api/bookings/${booked.body.id}/answers`)).body).toMatchObject({ code: "forbidden" });
});

test("staff read the answers of their own bookings, and no others", async () => {
  const booked = await bookHeld(stage, clinic, await hold(12), { answers: good });
  const read = async (professionalId: string) => {
    const { cookie } = await openMerchant(stage, { tenantId: clinic.tenantId, role: "staff", professionalId });
    return (await ask(stage, `/api/bookings/${booked.body.id}/answers`, { headers: { cookie } })).body;
  };
  expect(await read(clinic.professionalId)).toMatchObject({ answers: [{}, {}, {}, { answer: secret }] });
  expect(await read(clinic.otherProfessionalId)).toMatchObject({ code: "checkout_unknown" });
});

test("a new key seals personal answers anew, and they stay readable", async () => {
  const booked = await bookHeld(stage, clinic, await hold(10), { answers: good });
  process.env["ENCRYPTION_KEYS"] = `t2:${randomBytes(32).toString("hex")},${process.env["ENCRYPTION_KEYS"]}`;
  resetEnv();
  expect(await resealAnswers()).toMatchObject({ resealed: expect.any(Number), unreadable: [] });
  expect(await resealAnswers()).toMatchObject({ resealed: 0, unreadable: [] });
  const { rows } = await stage.owner.query("select sealed from booking_answer where booking_id = $1 and sealed is not null", [
    booked.body.id,
  ]);
  expect(rows.map(({ sealed }) => sealed.split(".")[1])).toEqual(["t2"]);
  expect(JSON.stringify(await answersOf(booked.body.id))).toContain(secret);
});
