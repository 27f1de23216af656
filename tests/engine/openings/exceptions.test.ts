import { beforeAll, describe, expect, test } from "vitest";
import { type OpeningExceptions, openingExceptions } from "#contracts/openings.ts";
import { keyFor, type Merchant } from "../../http/professionals/merchant.ts";
import { ask, expectProblem, expectShape } from "../../http/request.ts";
import type { Clinic, ClinicSettings } from "../../support/clinic.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";

const stage = prepareStage();

/** Dates in Bogotá, so many days from now. Every clinic of these tests works around the clock. */
const date = (days: number) => new Date(Date.now() - 5 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const instant = (days: number, time: string, offset = "-05:00") => new Date(`${date(days)}T${time}:00${offset}`).toISOString();

async function open(settings?: ClinicSettings) {
  const clinic = await stage.openClinic(settings);
  const merchant = await keyFor(stage, clinic.tenantId);
  return { clinic, merchant, ...openingsOf(clinic, merchant) };
}

function openingsOf(clinic: Clinic, { get, send }: Merchant) {
  const at = `/api/professionals/${clinic.professionalId}/exceptions`;
  return {
    at,
    async add(exception: object): Promise<OpeningExceptions["exceptions"]> {
      const answer = await send("POST", at, exception);
      expect(answer.status, answer.text).toBe(201);
      return expectShape(openingExceptions, answer.body).exceptions;
    },
    list: async () => expectShape(openingExceptions, (await get(at)).body).exceptions,
    remove: async (id: string) => expect((await send("DELETE", `${at}/${id}`)).status).toBe(204),
    async starts(days: number): Promise<string[]> {
      const query = new URLSearchParams({
        link: clinic.link,
        service: clinic.serviceId,
        professional: clinic.professionalId,
        from: date(days),
        to: date(days),
      });
      const answer = (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as { slots: { start: string }[] };
      return answer.slots.map(({ start }) => start);
    },
    hold: async (start: string) => {
      const { status, body } = await stage.hold(clinic, { start });
      return status === 201 ? "held" : body.code;
    },
  };
}

test("a day off is neither offered nor held, and the week is back when it is removed", async () => {
  const { add, starts, hold, remove } = await open();
  expect(await starts(3)).toHaveLength(47);
  const [dayOff] = await add({ kind: "closed", from: date(3), to: date(3), note: "Congreso" });
  expect(dayOff).toMatchObject({ note: "Congreso", startsAt: null, bookings: [], bookingsCount: 0 });
  expect(await starts(3)).toEqual([]);
  expect((await starts(2)).length + (await starts(4)).length).toBe(94);
  expect(await hold(instant(3, "10:00"))).toBe("slot_not_offered");
  expect(await hold(instant(4, "10:00"))).toBe("held");
  await remove(dayOff?.id ?? "");
  expect(await starts(3)).toHaveLength(47);
  expect(await hold(instant(3, "10:00"))).toBe("held");
});

test("closed hours take only what touches them", async () => {
  const { add, starts, hold } = await open();
  await add({ kind: "closed", from: date(3), to: date(3), startsAt: "10:15", endsAt: "11:00" });
  const offered = await starts(3);
  for (const [time, isOffered] of [
    ["09:30", true],
    ["10:00", false],
    ["10:30", false],
    ["11:00", true],
  ] as const) {
    expect(offered.includes(instant(3, time)), time).toBe(isOffered);
    expect(await hold(instant(3, time)), time).toBe(isOffered ? "held" : "slot_not_offered");
  }
});

test("an extra day is offered and held, and says so if an absence covers it", async () => {
  const { clinic, merchant, add, starts, hold } = await open();
  await merchant.send("PUT", `/api/professionals/${clinic.professionalId}/hours`, { hours: [] });
  expect([await starts(5), await hold(instant(5, "09:00"))]).toEqual([[], "slot_not_offered"]);
  const [extra] = await add({ kind: "extra", from: date(5), to: date(5), startsAt: "09:00", endsAt: "10:00" });
  expect(extra).toMatchObject({ isCovered: false });
  expect(await starts(5)).toEqual([instant(5, "09:00"), instant(5, "09:30")]);
  expect(await hold(instant(5, "09:00"))).toBe("held");
  const both = await add({ kind: "closed", from: date(4), to: date(6) });
  expect(both.map(({ kind, isCovered }) => [kind, isCovered])).toEqual([
    ["closed", false],
    ["extra", true],
  ]);
  expect(await starts(5)).toEqual([]);
});

test("an absence lists the paid bookings in the way, counts who is paying, and cancels nothing", async () => {
  const { clinic, merchant, add, list } = await open();
  const paid = await stage.reachPaymentPage(clinic, { start: instant(4, "09:00") });
  await stage.pay(paid.checkoutUrl, "approve");
  await stage.reaches(paid, { status: "confirmed" });
  const after = await stage.reachPaymentPage(clinic, { start: instant(7, "09:00") });
  await stage.pay(after.checkoutUrl, "approve");
  await stage.reaches(after, { status: "confirmed" });
  const unpaid = await stage.reachPaymentPage(clinic, { start: instant(4, "12:00") });
  expect((await stage.hold(clinic, { start: instant(5, "12:00") })).status).toBe(201);
  const [absence] = await add({ kind: "closed", from: date(4), to: date(6) });
  expect(absence).toMatchObject({
    bookings: [
      { id: paid.id, start: instant(4, "09:00"), end: instant(4, "09:30"), serviceName: "Consulta", customerName: "Ana María Pérez" },
    ],
    bookingsCount: 1,
    holdsCount: 2,
  });
  expect(await stage.state(paid)).toMatchObject({ status: "confirmed", start: instant(4, "09:00") });
  // Who was paying when the absence came still gets the time, and is then in the way.
  await stage.pay(unpaid.checkoutUrl, "approve");
  await stage.reaches(unpaid, { status: "confirmed" });
  expect((await list())[0]).toMatchObject({ bookingsCount: 2, holdsCount: 1 });
  const onlyReads = await keyFor(stage, clinic.tenantId, ["professionals.read"]);
  const { exceptions } = openingExceptions.parse((await onlyReads.get(`/api/professionals/${clinic.professionalId}/exceptions`)).body);
  expect(exceptions[0]).toMatchObject({ bookings: null, bookingsCount: 2 });
  expect((await merchant.get(`/api/professionals/${clinic.otherProfessionalId}/exceptions`)).body).toMatchObject({ exceptions: [] });
  for (const [professionalId, seen] of [
    [clinic.professionalId, 2],
    [clinic.otherProfessionalId, undefined],
  ] as const) {
    const { cookie } = await openMerchant(stage, { role: "staff", tenantId: clinic.tenantId, professionalId });
    const answer = await ask(stage, `/api/professionals/${clinic.professionalId}/exceptions`, { headers: { cookie } });
    expect(openingExceptions.parse(answer.body).exceptions[0]?.bookings?.length).toBe(seen);
  }
});

test("dates are the professional's own, in whatever zone the merchant is", async () => {
  const { clinic, merchant, add, hold, list } = await open();
  await merchant.send("PATCH", `/api/professionals/${clinic.professionalId}`, { timezone: "Asia/Tokyo" });
  const [dayOff] = await add({ kind: "closed", from: date(5), to: date(5) });
  expect(dayOff).toMatchObject({ from: date(5) });
  // Tokyo's day begins at 10:00 of the day before in Bogotá.
  const tokyo = (days: number, time: string) => instant(days, time, "+09:00");
  expect(await hold(tokyo(5, "00:00"))).toBe("slot_not_offered");
  expect(await hold(tokyo(5, "23:30"))).toBe("slot_not_offered");
  expect(await hold(tokyo(4, "23:00"))).toBe("held");
  expect(await hold(tokyo(6, "00:00"))).toBe("held");
  expect(await list()).toHaveLength(1);
});

describe("what cannot be an exception", () => {
  let clinic: Clinic;
  let merchant: Merchant;
  beforeAll(async () => {
    ({ clinic, merchant } = await open());
  });
  const day = { from: date(3), to: date(3) };
  test.each([
    ["to", { kind: "closed", from: date(3), to: date(2) }],
    ["to", { kind: "closed", from: date(3), to: date(3 + 366) }],
    ["to", { kind: "closed", from: date(-20), to: date(-10) }],
    ["from", { kind: "closed", from: "2030-02-30", to: "2030-03-01" }],
    ["startsAt", { kind: "extra", ...day }],
    ["endsAt", { kind: "closed", ...day, startsAt: "10:00" }],
    ["endsAt", { kind: "closed", ...day, startsAt: "10:00", endsAt: "10:00" }],
    ["note", { kind: "closed", ...day, note: "x".repeat(201) }],
  ])("%s is named: %j", async (path, exception) => {
    const answer = await merchant.send("POST", `/api/professionals/${clinic.professionalId}/exceptions`, exception);
    expect(expectProblem(answer, "invalid_request")).toContain(path);
  });

  test("one of another merchant's professional, or one that is there already", async () => {
    const other = await stage.openClinic();
    const at = (id: string) => `/api/professionals/${id}/exceptions`;
    const exception = { id: "0199c0de-0000-7000-8000-0000000000aa", kind: "closed", ...day };
    expectProblem(await merchant.send("POST", at(other.professionalId), exception), "professional_unknown");
    expectProblem(await merchant.get(at(other.professionalId)), "professional_unknown");
    expect((await merchant.send("POST", at(clinic.professionalId), exception)).status).toBe(201);
    expectProblem(await merchant.send("POST", at(clinic.professionalId), exception), "id_taken");
    const elsewhere = await keyFor(stage, other.tenantId);
    expectProblem(await elsewhere.send("DELETE", `${at(other.professionalId)}/${exception.id}`), "exception_unknown");
    expect((await merchant.get(at(clinic.professionalId))).body).toMatchObject({ exceptions: [{ id: exception.id }] });
  });
});
