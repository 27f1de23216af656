import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { type BookingsPage, bookingsPage } from "#contracts/desk/bookings-list.ts";
import type { Clinic } from "../../support/clinic.ts";
import { type Added, addAppointments } from "../../support/desk/appointments.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
type Headers = Record<string, string>;
let clinic: Clinic;
let owner: Headers;
let busy: Clinic;
let busyOwner: Headers;
let named: Record<string, Added>;

const list = async (query: string, headers: Headers = owner): Promise<BookingsPage> => {
  const answer = await ask(stage, `/api/bookings${query}`, { headers });
  expect(answer.status, answer.text).toBe(200);
  return expectShape(bookingsPage, answer.body);
};
const names = async (query: string, headers?: Headers) => (await list(query, headers)).bookings.map(({ customer }) => customer.name);
const search = (text: string, headers?: Headers) => names(`?search=${encodeURIComponent(text)}`, headers);
const csv = async (query: string, headers: Headers = owner): Promise<Record<string, string>[]> =>
  parse((await ask(stage, `/api/bookings.csv${query}`, { headers })).text, { bom: true, columns: true });

/** In Bogotá it is five hours earlier. */
const people = {
  zoe: { startsAt: "2030-03-01T04:59:00Z", name: "Zoë Çelik Ñáñez", email: "zoe@example.com", phone: "+33612345678" },
  jose: {
    startsAt: "2030-03-01T05:00:00Z",
    name: "José Pérez",
    email: "j_p%@example.com",
    status: "paid",
    campaign: { utm_source: "+cmd" },
  },
  li: { startsAt: "2030-03-02T05:00:00Z", name: "Li Bo", email: "wang@example.com", status: "failed" },
  olivia: { startsAt: "2030-03-03T04:59:00Z", name: "=Olivia", email: "o@example.com", phone: "+525512345678", status: "pending" },
} as const;

/** More than a walk reads before it asks an index. */
const busyCount = 4_600;

async function signedIn(of: Clinic, wish: object = {}): Promise<Headers> {
  return { cookie: (await openMerchant(stage, { tenantId: of.tenantId, ...wish })).cookie };
}

beforeAll(async () => {
  [clinic, busy] = await Promise.all([stage.openClinic(), stage.openClinic()]);
  [owner, busyOwner] = await Promise.all([signedIn(clinic), signedIn(busy)]);
  const [first, ...others] = Object.keys(people);
  const added = await addAppointments(stage.owner, clinic, [
    { ...people.zoe, professionalId: clinic.otherProfessionalId, serviceId: clinic.depositServiceId },
    people.jose,
    people.li,
    people.olivia,
  ]);
  named = Object.fromEntries([first ?? "", ...others].map((name, n) => [name, added[n] ?? { id: "", reference: "" }]));
  const start = Date.parse("2030-01-01T00:00:00Z");
  await addAppointments(stage.owner, busy, [
    { startsAt: "2020-01-01T00:00:00Z", name: "Rara Avis", email: "r@example.com", phone: "+573119998877", status: "cancelled" },
    ...Array.from({ length: busyCount }, (_, n) => ({ startsAt: new Date(start + Math.floor(n / 2) * 60_000).toISOString() })),
  ]);
});

describe("the list of bookings", () => {
  test("has what a reception wants to know of each, the latest appointment first", async () => {
    const { bookings, nextCursor } = await list("");
    expect(bookings.map(({ customer }) => customer.name)).toEqual(["=Olivia", "Li Bo", "José Pérez", "Zoë Çelik Ñáñez"]);
    expect(nextCursor).toBeNull();
    expect(bookings[2]).toMatchObject({
      id: named["jose"]?.id,
      reference: named["jose"]?.reference,
      startsAt: "2030-03-01T05:00:00.000Z",
      endsAt: "2030-03-01T05:30:00.000Z",
      service: { id: clinic.serviceId, name: "Consulta" },
      professional: { id: clinic.professionalId, name: "Laura" },
      customer: { name: "José Pérez", email: "j_p%@example.com", phone: "+573001234567" },
      ...{ status: "paid", paymentStatus: "paid", attendance: null, mode: "test", currency: "COP", campaign: { utm_source: "+cmd" } },
      ...{ amountMinor: 10_000_000, chargedMinor: 10_000_000, link: { name: "Web" } },
    });
    expect(bookings[1]).toMatchObject({ status: "failed", chargedMinor: null });
  });

  test("is filtered by status, service, professional, and days of the merchant's zone", async () => {
    expect(await names("?status=failed")).toEqual(["Li Bo"]);
    expect(await names(`?service=${clinic.depositServiceId}`)).toEqual(["Zoë Çelik Ñáñez"]);
    expect(await names(`?professional=${clinic.otherProfessionalId}`)).toEqual(["Zoë Çelik Ñáñez"]);
    expect(await names("?from=2030-03-01&to=2030-03-02")).toEqual(["=Olivia", "Li Bo", "José Pérez"]);
    expect(await names("?to=2030-02-28")).toEqual(["Zoë Çelik Ñáñez"]);
    expect(await names("?order=soonest&to=2030-03-01")).toEqual(["Zoë Çelik Ñáñez", "José Pérez"]);
    expect(await names("?order=soonest&status=cancelled", busyOwner)).toEqual([]);
    expect(await names("?order=soonest&status=cancelled&from=2019-12-31", busyOwner)).toEqual(["Rara Avis"]);
    for (const wrong of ["status=open", "service=1", "from=soon", "limit=101", "order=oldest", "cursor=abc"])
      expectProblem(await ask(stage, `/api/bookings?${wrong}`, { headers: owner }), "invalid_request");
  });

  test.each([
    ["jose perez", ["José Pérez"]],
    ["PÉREZ JOSÉ", ["José Pérez"]],
    ["nanez celik", ["Zoë Çelik Ñáñez"]],
    ["ZOE@", ["Zoë Çelik Ñáñez"]],
    ["li", ["Li Bo"]],
    ["bo li", ["Li Bo"]],
    ["%", []],
    ["_", []],
    ["J_P%@EXAMPLE", ["José Pérez"]],
    ["j_p%", []],
    ["j\\p", []],
    ["a%o", []],
    ["300 123 4567", ["Li Bo", "José Pérez"]],
    ["+57 (300) 123-4567", ["Li Bo", "José Pérez"]],
    ["0057 300 1234567", ["Li Bo", "José Pérez"]],
    ["06 12 34 56 78", ["Zoë Çelik Ñáñez"]],
    ["55", []],
    ["nobody", []],
  ])("finds %j by name, e-mail address or phone number", async (text, expected) => {
    expect(await search(text)).toEqual(expected);
  });

  test("finds a booking by its id and by the whole reference of its payment, in any case", async () => {
    const { id = "", reference = "" } = named["li"] ?? {};
    for (const text of [id, id.toUpperCase(), reference, ` ${reference.toLowerCase()} `]) expect(await search(text)).toEqual(["Li Bo"]);
    expect(await names(`?search=${id}&status=paid`)).toEqual([]);
  });

  test("is read page by page without a gap or a repeat, in both orders, also where many begin at once", async () => {
    for (const order of ["newest", "soonest"]) {
      const seen: { startsAt: string; id: string }[] = [];
      let cursor = "";
      for (let pages = 0; pages < 6; pages += 1) {
        const page = await list(`?order=${order}&limit=99${cursor}`, busyOwner);
        seen.push(...page.bookings);
        cursor = `&cursor=${page.nextCursor}`;
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(6 * 99);
      const { rows } = await stage.owner.query(
        `select id from booking where tenant_id = $1 and ($2 = 'newest' or starts_at > now())
         order by ${order === "newest" ? "starts_at desc, id desc" : "starts_at, id"} limit $3`,
        [busy.tenantId, order, 6 * 99],
      );
      expect(seen.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    }
  });

  test("finds what is rare behind thousands of others", async () => {
    for (const text of ["rara", "avis rara", "311 999 8877"]) expect(await search(text, busyOwner)).toEqual(["Rara Avis"]);
    for (const query of ["?status=cancelled", "?status=cancelled&search=rara", "?status=cancelled&to=2020-12-31"])
      expect(await names(query, busyOwner)).toEqual(["Rara Avis"]);
    expect(await names("?status=confirmed&search=rara", busyOwner)).toEqual([]);
    const frequent = await list("?search=ana&limit=100", busyOwner);
    expect(frequent.bookings).toHaveLength(100);
    expect((await list(`?search=ana&limit=100&cursor=${frequent.nextCursor}`, busyOwner)).bookings[0]?.id).not.toBe(
      frequent.bookings[0]?.id,
    );
  });
});

describe("staff", () => {
  test("see only their own bookings, and a phone number only if allowed, by list, search and file", async () => {
    const { otherProfessionalId: professionalId } = clinic;
    const blind = await signedIn(clinic, { role: "staff", professionalId });
    const seeing = await signedIn(clinic, { role: "staff", professionalId, seesPhones: true });
    const nobodys = await signedIn(clinic, { role: "staff" });
    for (const [headers, phone] of [
      [blind, null],
      [seeing, "+33612345678"],
    ] as const) {
      const { bookings } = await list("", headers);
      expect(bookings.map(({ customer }) => customer)).toEqual([{ name: "Zoë Çelik Ñáñez", email: "zoe@example.com", phone }]);
      expect((await csv("", headers)).map((line) => line["phone"])).toEqual([phone ?? ""]);
      expect(await search("612345678", headers)).toEqual(phone ? ["Zoë Çelik Ñáñez"] : []);
      expect(await csv("?search=612345678", headers)).toHaveLength(phone ? 1 : 0);
      for (const query of ["search=perez", `search=${named["jose"]?.id}`, `search=${named["jose"]?.reference}`, "status=paid"]) {
        expect(await names(`?${query}`, headers)).toEqual([]);
        expect(await csv(`?${query}`, headers)).toEqual([]);
      }
      expect(await names(`?professional=${clinic.professionalId}`, headers)).toEqual([]);
    }
    expect(await names("", nobodys)).toEqual([]);
    expect(await csv("", nobodys)).toEqual([]);
  });
});

test("another merchant finds nothing, a key needs the permission, a stranger a session", async () => {
  const { id = "", reference = "" } = named["zoe"] ?? {};
  for (const query of [id, reference, "Çelik", "612345678"]) expect(await search(query, busyOwner)).toEqual([]);
  expect(await names("?search=celik", await merchantKey(stage, clinic.tenantId, ["bookings.read"]))).toEqual(["Zoë Çelik Ñáñez"]);
  const narrow = await merchantKey(stage, clinic.tenantId, ["services.read"]);
  for (const path of ["/api/bookings", "/api/bookings.csv"]) {
    expectProblem(await ask(stage, path), "unauthorized");
    expectProblem(await ask(stage, path, { headers: narrow }), "forbidden");
  }
});

describe("the file", () => {
  test("has the rows of the filter in the merchant's time, whole units, and no formula", async () => {
    const lines = await csv("?from=2030-03-01&to=2030-03-02");
    expect(lines.map((line) => line["customer"])).toEqual(["'=Olivia", "Li Bo", "José Pérez"]);
    expect(lines[2]).toMatchObject({
      ...{ id: named["jose"]?.id, reference: named["jose"]?.reference, date: "2030-03-01", time: "00:00", ends: "00:30" },
      ...{ timezone: "America/Bogota", phone: "+573001234567", amount: "100000", charged: "100000", currency: "COP" },
      ...{ status: "paid", mode: "test", link: "Web", utm_source: "'+cmd" },
    });
    expect(lines[1]).toMatchObject({ charged: "", status: "failed" });
  });

  test("has every booking once, over any number of pieces", async () => {
    const lines = await csv("", busyOwner);
    expect(new Set(lines.map((line) => line["id"])).size).toBe(busyCount + 1);
    expect(lines).toHaveLength(busyCount + 1);
    expect(await csv("?search=ana", busyOwner)).toHaveLength(busyCount);
    expect((await csv("?status=cancelled", busyOwner)).map((line) => line["customer"])).toEqual(["Rara Avis"]);
  });
});
