import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { professional, professionals } from "#contracts/professionals.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { keyFor, type Merchant } from "./merchant.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let merchant: Merchant;
let reader: Merchant;
beforeAll(async () => {
  clinic = await stage.openClinic();
  merchant = await keyFor(stage, clinic.tenantId);
  reader = await keyFor(stage, clinic.tenantId, ["professionals.read"]);
});

const all = "/api/professionals";
const at = (id: string, more = "") => `${all}/${id}${more}`;
const weekdays = [{ weekday: 1, startsAt: "09:00", endsAt: "13:00" }];
/** Of one professional, oldest first. */
const events = async (professionalId: string) => {
  const { rows } = await stage.owner.query(
    "select kind, changes from event where actor = $1 and details ->> 'professionalId' = $2 order by created_at",
    [`api-key:${merchant.keyId}`, professionalId],
  );
  return rows;
};
async function create(body: object) {
  const made = await merchant.send("POST", all, body);
  expect(made.status, made.text).toBe(201);
  return expectShape(professional, made.body);
}
const listed = async (query = "") => expectShape(professionals, (await merchant.get(`${all}${query}`)).body).professionals;

test("one is made in one step with services and hours, comes last, and its calendar is pending", async () => {
  const made = await create({ name: " Tomás ", email: "tomas@example.com", serviceIds: [clinic.serviceId], hours: weekdays });
  expect(made).toMatchObject({
    name: "Tomás",
    email: "tomas@example.com",
    timezone: null,
    calendarStatus: "pending",
    serviceIds: [clinic.serviceId],
    hours: weekdays,
    version: 1,
    archivedAt: null,
  });
  expect((await listed()).at(-1)).toEqual(made);
  expect((await merchant.get(at(made.id))).body).toEqual(made);
  const [event] = await events(made.id);
  expect(event).toMatchObject({ kind: "professional.created", changes: { name: [null, "Tomás"], hours: ["", "1 09:00–13:00"] } });
});

test("a change is written to the audit log with before and after, and only what was seen is changed", async () => {
  const made = await create({ name: "Ana", serviceIds: [clinic.serviceId] });
  const first = await merchant.send("PATCH", at(made.id), { name: "Ana B", serviceIds: [clinic.onlineServiceId], version: 1 });
  expect(first.body).toMatchObject({ name: "Ana B", serviceIds: [clinic.onlineServiceId], version: 2 });
  for (const late of [
    merchant.send("PATCH", at(made.id), { description: "late", version: 1 }),
    merchant.send("PUT", at(made.id, "/hours"), { hours: weekdays, version: 1 }),
  ])
    expectProblem(await late, "changed_meanwhile");
  const hours = await merchant.send("PUT", at(made.id, "/hours"), { hours: weekdays, version: 2 });
  expect(hours.body).toMatchObject({ description: "", hours: weekdays, version: 3 });
  expect((await events(made.id)).slice(1)).toEqual([
    {
      kind: "professional.updated",
      changes: { name: ["Ana", "Ana B"], service_ids: [[clinic.serviceId], [clinic.onlineServiceId]] },
    },
    { kind: "openings.set", changes: { hours: ["", "1 09:00–13:00"] } },
  ]);
});

test("an archived one leaves the list and the customers' page, and comes back as it was", async () => {
  const made = await create({ name: "Eva", serviceIds: [clinic.serviceId], hours: weekdays });
  const offered = async () => {
    const answer = await (await fetch(`${stage.appUrl}/api/booking/${clinic.link}/options`)).json();
    return (answer as { professionals: { id: string }[] }).professionals.some(({ id }) => id === made.id);
  };
  expect(await offered()).toBe(true);
  expect((await merchant.send("DELETE", at(made.id))).status).toBe(204);
  expect([await offered(), (await listed()).some(({ id }) => id === made.id)]).toEqual([false, false]);
  expect((await listed("?archived=true")).map(({ id }) => id)).toContain(made.id);
  expectProblem(await merchant.send("DELETE", at(made.id)), "professional_unknown");
  expectProblem(await merchant.send("PATCH", at(made.id), { name: "x" }), "professional_unknown");
  const back = await merchant.send("POST", at(made.id, "/restore"));
  expect(back.body).toMatchObject({ ...made, version: 3, updatedAt: expect.any(String) });
  expect(await offered()).toBe(true);
  expectProblem(await merchant.send("POST", at(made.id, "/restore")), "professional_unknown");
  expect((await events(made.id)).map(({ kind }) => kind)).toEqual([
    "professional.created",
    "professional.archived",
    "professional.restored",
  ]);
});

test("the order is the customers'; it changes nobody's version, and those who were not named follow", async () => {
  const before = await listed();
  const [first, ...rest] = before.map(({ id }) => id);
  const last = rest.pop() ?? "";
  const ordered = await merchant.send("PUT", at("order"), { ids: [last, first] });
  const after = expectShape(professionals, ordered.body).professionals;
  expect(after.map(({ id }) => id)).toEqual([last, first, ...rest]);
  expect(after.map(({ version }) => version).sort()).toEqual(before.map(({ version }) => version).sort());
  expectProblem(await merchant.send("PUT", at("order"), { ids: [first, randomUUID()] }), "professional_unknown");
  expect((await listed()).map(({ id }) => id)).toEqual([last, first, ...rest]);
});

describe("every field", () => {
  const right: [string, unknown][] = [
    ["name", "د. ليلى الحاج"],
    ["name", "ד״ר נועה 👩🏽‍⚕️"],
    ["name", "<script>alert(1)</script>"],
    ["name", "x".repeat(100)],
    ["description", `<img src=x onerror=alert(1)>\n${"á".repeat(1900)}`],
    ["photoUrl", "https://cdn.example.com/a.jpg"],
    ["photoUrl", null],
    ["email", null],
    ["timezone", "Europe/Paris"],
    ["active", false],
  ];
  const wrong: [string, unknown][] = [
    ["name", "  "],
    ["name", "x".repeat(101)],
    ["description", "x".repeat(2001)],
    ["photoUrl", "javascript:alert(1)"],
    ["photoUrl", "//evil.example/a.jpg"],
    ["email", "nobody"],
    ["timezone", "Mars/Olympus"],
    ["serviceIds", ["x"]],
    ["calendarStatus", "connected"],
    ["version", 0],
  ];

  test.each(right)("%s may be %j, and reads back as it was written", async (field, value) => {
    const changed = await merchant.send("PATCH", at(clinic.professionalId), { [field]: value });
    expect(changed.body, changed.text).toMatchObject({ [field]: value });
  });

  test.each(wrong)("%s may not be %j, and the answer names the field", async (field, value) => {
    const paths = expectProblem(await merchant.send("PATCH", at(clinic.professionalId), { [field]: value }), "invalid_request");
    expect(paths.some((path) => path === "" || path.startsWith(field))).toBe(true);
  });

  const overlapping = [
    { weekday: 1, startsAt: "09:00", endsAt: "12:00" },
    { weekday: 1, startsAt: "11:00", endsAt: "13:00" },
  ];
  test.each([
    [overlapping],
    [[{ weekday: 8, startsAt: "09:00", endsAt: "12:00" }]],
    [[{ weekday: 1, startsAt: "12:00", endsAt: "09:00" }]],
    [[{ weekday: 1, startsAt: "9:00", endsAt: "12:00" }]],
  ])("hours may not be %j", async (hours) => {
    expectProblem(await merchant.send("PUT", at(clinic.professionalId, "/hours"), { hours }), "invalid_request");
  });

  test("a service of another merchant cannot be given", async () => {
    const other = await stage.openClinic();
    const answer = await merchant.send("PATCH", at(clinic.professionalId), { serviceIds: [other.serviceId] });
    expectProblem(answer, "service_unknown");
    expectProblem(await merchant.get(at(other.professionalId)), "professional_unknown");
    expectProblem(await merchant.send("PUT", at(other.professionalId, "/hours"), { hours: [] }), "professional_unknown");
  });
});

test("who may only read changes nothing", async () => {
  expect((await reader.get(all)).status).toBe(200);
  const tries = [
    reader.send("POST", all, { name: "x" }),
    reader.send("PATCH", at(clinic.professionalId), { name: "x" }),
    reader.send("DELETE", at(clinic.professionalId)),
    reader.send("PUT", at(clinic.professionalId, "/hours"), { hours: [] }),
    reader.send("POST", at(clinic.professionalId, "/exceptions"), { kind: "closed", from: "2030-01-01", to: "2030-01-01" }),
    reader.send("POST", at(clinic.professionalId, "/invite"), {}),
    // The link is as good as a key.
    reader.get(at(clinic.professionalId, "/invitation")),
  ];
  for (const attempt of await Promise.all(tries)) expectProblem(attempt, "forbidden");
});

test("a repeat with the same Idempotency-Key makes nothing more", async () => {
  const count = async () => (await listed()).length;
  const before = await count();
  const answers = await Promise.all([1, 2, 3].map(() => merchant.send("POST", all, { name: "Una sola" }, "k-1")));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await count()).toBe(before + 1);
  expectProblem(await merchant.send("POST", all, { name: "Otra" }, "k-1"), "idempotency_key_reused");
});

test("a merchant has two hundred at most, also if many are added at once", async () => {
  const own = await stage.openClinic();
  await stage.owner.query("insert into professional (tenant_id, name) select $1, 'P' || n from generate_series(1, 196) n", [own.tenantId]);
  const { send } = await keyFor(stage, own.tenantId);
  const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => send("POST", all, { name: `N${n}` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
  const refused = answers.find(({ status }) => status === 409);
  if (refused) expectProblem(refused, "limit_reached");
});
