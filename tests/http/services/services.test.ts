import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { bookingOptions } from "#contracts/checkout.ts";
import { type Service, type ServicePage, service, servicePage } from "#contracts/services.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { eventually } from "#tests/support/end-state.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { ask, expectProblem, expectShape } from "../request.ts";
import { change, makeService, type Program, programOf, usual } from "./shop.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let program: Program;
beforeAll(async () => {
  clinic = await stage.openClinic();
  program = await programOf(stage, clinic);
});

const listed = async (by = program) => expectShape(servicePage, (await by("/api/services")).body).services;
const offered = async () => bookingOptions.parse((await ask(stage, `/api/booking/${clinic.link}/options`)).body).services;
const eventsOf = async (tenantId: string, kind: string) => {
  const { rows } = await stage.owner.query(
    "select actor, details, changes, origin from event where tenant_id = $1 and kind = $2 order by id desc",
    [tenantId, kind],
  );
  return rows;
};

test("what a merchant writes comes back whole, reaches the customers, and is in the log with who and from where", async () => {
  const given = {
    ...usual,
    id: randomUUID(),
    imageUrl: "https://cdn.example.com/fisio.webp",
    bufferBeforeMinutes: 5,
    bufferAfterMinutes: 10,
    stepMinutes: 20,
    leadMinutes: 120,
    horizonDays: 365,
    chargeType: "partial",
    depositMinor: 2_000_000,
    holdMinutes: 20,
    online: true,
    professionalIds: [clinic.professionalId],
    cancellation: { steps: [{ hoursBefore: 24, percentBack: 50 }], feeMinor: 100_000 },
    translations: { en: { name: "Physiotherapy check", description: "A short session to see how you are." } },
  };
  const questions = [{ kind: "choice", label: "¿Dónde te duele?", options: ["Espalda", "Rodilla"], isRequired: true }];
  const answer = await program("/api/services", { json: { ...given, questions } });
  expect(answer.status, answer.text).toBe(201);
  const made = expectShape(service, answer.body);
  expect(made).toMatchObject({ ...given, amountDueMinor: 2_000_000, archivedAt: null, version: 1 });
  expect(made.questions).toEqual([{ id: expect.any(String), ...questions[0], isPersonal: false }]);
  expect((await program(`/api/services/${made.id}`)).body).toEqual(made);
  await eventually(async () => {
    const shown = (await offered()).find(({ id }) => id === made.id);
    expect(shown).toMatchObject({ amountDueMinor: 2_000_000, cancellation: given.cancellation, questions: made.questions });
    expect(shown?.translations).toEqual(given.translations);
  });
  const [event] = await eventsOf(clinic.tenantId, "service.created");
  expect(event).toMatchObject({
    actor: expect.stringMatching(/^api-key:/),
    details: { serviceId: made.id },
    changes: { name: [null, usual.name], professional_ids: [[], [clinic.professionalId]] },
    origin: { address: expect.any(String) },
  });
});

const words = (length: number) => "á".repeat(length);
const step = (hoursBefore: number, percentBack: number) => ({ hoursBefore, percentBack });
const policy = (...steps: object[]) => ({ steps, feeMinor: 0 });
const asks = (...questions: object[]) => questions;
const question = { kind: "text", label: "¿Por qué vienes?" };

describe("limits", () => {
  test.each([
    ["name", words(3)],
    ["name", words(100)],
    ["name", "علاج طبيعي للظهر"],
    ["name", "👩‍⚕️ Consulta"],
    ["name", "<script>alert(1)</script>"],
    ["name", "{{7*7}} '; drop table service; --"],
    ["description", words(10)],
    ["description", words(2000)],
    ["description", "Primera línea\nSegunda línea\n\n<img src=x onerror=alert(1)>"],
    ["durationMinutes", 15],
    ["durationMinutes", 480],
    ["priceMinor", 0],
    ["horizonDays", 365],
    ["depositPercent", 100],
    ["depositMinor", null],
    ["holdMinutes", 60],
    ["imageUrl", null],
    ["cancellation", policy(step(48, 100), step(24, 50), step(0, 0))],
    ["cancellation", null],
    ["chargeType", "on_site"],
    ["questions", asks({ ...question, label: "<b>¿Por qué?</b>", isPersonal: true })],
    ["translations", { fr: { name: "Contrôle de kiné", description: "Une séance courte." } }],
  ])("%s takes %j, and gives it back as it is", async (field, value) => {
    const made = await makeService(program);
    const answer = await change(program, made, { [field]: value });
    expect(answer.status, answer.text).toBe(200);
    const now = expectShape(service, answer.body) as Record<string, unknown>;
    if (field === "questions") expect(now[field]).toMatchObject(Object(value));
    else expect(now[field]).toEqual(value);
  });

  test.each([
    ["name", words(2)],
    ["name", words(101)],
    ["name", "   a   "],
    ["name", "Consulta\nBcc: x@example.com"],
    ["name", "Con\u0007sulta"],
    ["name", "Consulta \ud800"],
    ["description", words(9)],
    ["description", words(2001)],
    ["description", "Sin \u0007 nada de esto"],
    ["durationMinutes", 14],
    ["durationMinutes", 481],
    ["durationMinutes", 30.5],
    ["priceMinor", -1],
    ["priceMinor", 0.5],
    ["priceMinor", "8000"],
    ["horizonDays", 366],
    ["stepMinutes", 0],
    ["depositPercent", 0],
    ["depositMinor", 0],
    ["holdMinutes", 4],
    ["imageUrl", "javascript:alert(1)"],
    ["imageUrl", "//evil.example/a.png"],
    ["capacityPolicy", "nobody"],
    ["chargeType", "free"],
    ["cancellation", policy()],
    ["cancellation", policy(step(24, 50), step(48, 100))],
    ["cancellation", policy(step(48, 50), step(24, 100))],
    ["cancellation", policy(step(48, 101))],
    ["questions", asks({ ...question, kind: "choice", options: ["Sí"] })],
    ["questions", asks({ ...question, kind: "choice", options: ["Sí", "Sí"] })],
    ["questions", asks({ ...question, options: ["Sí", "No"] })],
    ["questions", asks({ ...question, label: " " })],
    ["questions", Array.from({ length: 21 }, () => question)],
    ["translations", { de: { name: "Kontrolle", description: "Eine kurze Sitzung." } }],
    ["translations", { en: { name: "ab", description: "A short session." } }],
    ["professionalIds", ["Laura"]],
    ["position", 3],
    ["price", 5],
  ])("%s does not take %j, and says that it is this field", async (field, value) => {
    const made = await makeService(program);
    const answer = await change(program, made, { [field]: value });
    const paths = expectProblem(answer, "invalid_request");
    if (!["position", "price"].includes(field)) expect(paths.every((path) => path === field || path.startsWith(`${field}.`))).toBe(true);
    expect((await program(`/api/services/${made.id}`)).body).toEqual(made);
    expectProblem(await program("/api/services", { json: { ...usual, [field]: value } }), "invalid_request");
  });
});

test("of two people who edit the same, the second is told and nothing of the first is lost", async () => {
  const made = await makeService(program);
  expect((await change(program, made, { priceMinor: 9_000_000 })).status).toBe(200);
  expectProblem(await change(program, made, { priceMinor: 1_000_000, name: "Otro nombre" }), "changed_meanwhile");
  const now = expectShape(service, (await program(`/api/services/${made.id}`)).body);
  expect(now).toMatchObject({ priceMinor: 9_000_000, name: usual.name, version: 2 });
  const merged = await change(program, now, { name: "Otro nombre" });
  expect(merged.body).toMatchObject({ priceMinor: 9_000_000, name: "Otro nombre", version: 3 });
  const [last] = await eventsOf(clinic.tenantId, "service.updated");
  expect(last.changes).toEqual({ name: [usual.name, "Otro nombre"] });
});

test("ten edits of one version at once: one wins, nine are told", async () => {
  const made = await makeService(program);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => change(program, made, { priceMinor: 1_000_000 + n })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
});

describe("made twice", () => {
  test("a double click with one Idempotency-Key makes one service, and both get it", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const name = `Doble ${randomUUID()}`;
    const answers = await Promise.all([1, 2].map(() => program("/api/services", { headers, json: { ...usual, name } })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect((await listed()).filter((one) => one.name === name)).toHaveLength(1);
    expectProblem(await program("/api/services", { headers, json: { ...usual, name: "Otra cosa" } }), "idempotency_key_reused");
  });

  test("an id of the program's own is taken once", async () => {
    const { id } = await makeService(program, { id: randomUUID() });
    expectProblem(await program("/api/services", { json: { ...usual, id } }), "id_taken");
  });
});

test("an archived service is not sold and comes last; restored, it is sold as before with the same people", async () => {
  const made = await makeService(program, { professionalIds: [clinic.professionalId] });
  expect((await program(`/api/services/${made.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await listed()).at(-1)).toMatchObject({ id: made.id, archivedAt: expect.any(String) });
  await eventually(async () => expect((await offered()).map(({ id }) => id)).not.toContain(made.id));
  expectProblem(await program(`/api/services/${made.id}`, { method: "DELETE" }), "service_unknown");
  expectProblem(await change(program, made, { name: "Archivado" }), "service_unknown");
  const restored = await program(`/api/services/${made.id}/restore`, { method: "POST" });
  expect(restored.body).toMatchObject({ ...made, archivedAt: null, version: 3, updatedAt: expect.any(String) });
  await eventually(async () => expect((await offered()).map(({ id }) => id)).toContain(made.id));
  expectProblem(await program(`/api/services/${made.id}/restore`, { method: "POST" }), "service_unknown");
});

test("an inactive service is listed and marked, and no customer sees it", async () => {
  const made = await makeService(program, { professionalIds: [clinic.professionalId], active: false });
  expect((await listed()).find(({ id }) => id === made.id)).toMatchObject({ active: false, archivedAt: null });
  expect((await offered()).map(({ id }) => id)).not.toContain(made.id);
});

test("the order is the customers' order, it changes no version, and a page of it leads to the next", async () => {
  const other = await stage.openClinic();
  const by = await programOf(stage, other);
  const ids = (await listed(by)).map(({ id }) => id);
  const wanted = ids.toReversed();
  expect((await by("/api/services/order", { method: "PUT", json: { ids: wanted } })).status).toBe(204);
  const services = await listed(by);
  expect(services.map(({ id, version }) => [id, version])).toEqual(wanted.map((id) => [id, 1]));
  await eventually(async () => {
    const shown = bookingOptions.parse((await ask(stage, `/api/booking/${other.link}/options`)).body).services;
    expect(shown.map(({ id }) => id)).toEqual(wanted);
  });
  // One id alone goes to the front, and a new service to the end.
  await by("/api/services/order", { method: "PUT", json: { ids: [wanted[2]] } });
  const last = await makeService(by);
  const order = (await listed(by)).map(({ id }) => id);
  expect(order).toEqual([wanted[2], wanted[0], wanted[1], last.id]);
  const seen: string[] = [];
  let next: string | null = "";
  while (next !== null) {
    const answer = await by(`/api/services?limit=2${next && `&cursor=${next}`}`);
    const page: ServicePage = expectShape(servicePage, answer.body);
    seen.push(...page.services.map(({ id }) => id));
    next = page.next;
  }
  expect(seen).toEqual(order);
  expectProblem(await by("/api/services/order", { method: "PUT", json: { ids: [randomUUID()] } }), "service_unknown");
  expectProblem(await by("/api/services/order", { method: "PUT", json: { ids: [ids[0], ids[0]] } }), "invalid_request");
});

test("who gives it is replaced as a whole, and only by professionals of the merchant", async () => {
  const stranger = await stage.openClinic();
  const made = await makeService(program, { professionalIds: [clinic.professionalId, clinic.professionalId] });
  expect(made.professionalIds).toEqual([clinic.professionalId]);
  const changed = (await change(program, made, { professionalIds: [clinic.otherProfessionalId] })).body as Service;
  expect(changed.professionalIds).toEqual([clinic.otherProfessionalId]);
  expectProblem(await change(program, changed, { professionalIds: [stranger.professionalId] }), "professional_unknown");
  const [last] = await eventsOf(clinic.tenantId, "service.updated");
  expect(last.changes).toEqual({ professional_ids: [[clinic.professionalId], [clinic.otherProfessionalId]] });
});

test("a service takes place where the merchant says, at a location of the merchant", async () => {
  const asked = (by: Program, name: string) => by("/api/locations", { json: { name } });
  const { id } = (await asked(program, "Sede norte")).body as { id: string };
  const stranger = await programOf(stage, await stage.openClinic());
  const { id: theirs } = (await asked(stranger, "Otra sede")).body as { id: string };
  const made = await makeService(program, { locationId: id });
  expect(made.locationId).toBe(id);
  expectProblem(await change(program, made, { locationId: theirs }), "location_unknown");
  expect((await change(program, made, { locationId: null })).body).toMatchObject({ locationId: null });
});

test("nobody reads or changes another merchant's services, and a key does only what it may", async () => {
  const stranger = await programOf(stage, await stage.openClinic());
  const made = await makeService(program);
  expectProblem(await stranger(`/api/services/${made.id}`), "service_unknown");
  expectProblem(await change(stranger, made, { name: "Mío ahora" }), "service_unknown");
  expectProblem(await stranger(`/api/services/${made.id}`, { method: "DELETE" }), "service_unknown");
  expectProblem(await stranger("/api/services/order", { method: "PUT", json: { ids: [made.id] } }), "service_unknown");
  expect((await listed(stranger)).map(({ id }) => id)).not.toContain(made.id);
  const reader = await programOf(stage, clinic, ["services.read"]);
  expect((await reader(`/api/services/${made.id}`)).status).toBe(200);
  expectProblem(await change(reader, made, { name: "No puedo" }), "forbidden");
  expectProblem(await ask(stage, "/api/services"), "unauthorized");
  expectProblem(await program("/api/services/none"), "service_unknown");
});
