import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { availability, bookingOptionsAnswer } from "#contracts/checkout.ts";
import { forgetCatalogs } from "#queries/catalog.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { type Answered, ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

/** A date so many days from today, in Bogotá. */
const date = (days: number) => new Date(Date.now() + days * 86_400_000 - 5 * 3_600_000).toISOString().slice(0, 10);

function slots(wish: { from: string; to: string; session?: string; link?: string; service?: string; professional?: string }) {
  const { from, to, session } = wish;
  const query = new URLSearchParams({
    link: wish.link ?? clinic.link,
    service: wish.service ?? clinic.serviceId,
    professional: wish.professional ?? clinic.professionalId,
    from,
    to,
  });
  return ask(stage, `/api/availability?${query}`, { session });
}

async function stateOf(start: string, session?: string) {
  const day = new Date(Date.parse(start) - 5 * 3_600_000).toISOString().slice(0, 10);
  const answer = await slots({ from: day, to: day, ...(session ? { session } : {}) });
  return expectShape(availability, answer.body).slots.find((slot) => slot.start === start)?.state;
}

describe("GET /api/booking/{link}/options", () => {
  test("tells what a customer may choose, what it costs now, and how it can be paid", async () => {
    const answer = await ask(stage, `/api/booking/${clinic.link}/options`);
    expect(answer.status).toBe(200);
    const options = expectShape(bookingOptionsAnswer, answer.body);
    expect(options.services.map((service) => [service.name, service.amountDueMinor, service.online])).toEqual([
      ["Consulta", 10_000_000, false],
      ["Teleconsulta", 10_000_000, true],
      ["Tratamiento", 2_500_000, false],
    ]);
    expect(options.professionals).toHaveLength(2);
    expect(options.providers).toEqual([{ id: "wompi" }]);
    expect(options.preselected).toEqual({ serviceId: null, professionalId: null });
  });

  test("tells nothing that is not the customer's: no secret, no address of the merchant's server, no professional's mail", async () => {
    const { text } = await ask(stage, `/api/booking/${clinic.link}/options`);
    expect(text).not.toMatch(/prv_test|credentials|callback|notify|@|secret/i);
  });

  test.each(["nobody-knows-it", "a", "%00", "..%2F..%2Fetc", "'; drop table booking; --", "ñandú", "x".repeat(2000)])(
    "the link %j is unknown",
    async (link) => {
      expectProblem(
        await ask(stage, `/api/booking/${link.startsWith("%") || link.includes("%2F") ? link : encodeURIComponent(link)}/options`),
        "link_unknown",
      );
    },
  );

  test("a link that was switched off, and one that has expired, are gone: for every route that takes a link", async () => {
    for (const [code, change] of [
      ["link_inactive", "is_active = false"],
      ["link_expired", "expires_at = now() - interval '1 second'"],
    ] as const) {
      const closed = await stage.openClinic();
      await stage.owner.query(`update booking_link set ${change} where public_id = $1`, [closed.link]);
      forgetCatalogs();
      const wish = { link: closed.link, serviceId: closed.serviceId, professionalId: closed.professionalId, start: slotStart(0) };
      expectProblem(await ask(stage, `/api/booking/${closed.link}/options`), code);
      expectProblem(
        await slots({ link: closed.link, service: closed.serviceId, professional: closed.professionalId, from: date(1), to: date(2) }),
        code,
      );
      expectProblem(await ask(stage, "/api/holds", { json: wish }), code);
    }
  });

  test("what is inactive or deleted is not offered", async () => {
    const own = await stage.openClinic();
    await stage.owner.query("update service set active = false where id = $1", [own.depositServiceId]);
    await stage.owner.query("update service set deleted_at = now() where id = $1", [own.onlineServiceId]);
    await stage.owner.query("update professional set active = false where id = $1", [own.otherProfessionalId]);
    const options = expectShape(bookingOptionsAnswer, (await ask(stage, `/api/booking/${own.link}/options`)).body);
    expect(options.services.map((service) => service.id)).toEqual([own.serviceId]);
    expect(options.professionals.map((professional) => professional.id)).toEqual([own.professionalId]);
  });
});

describe("GET /api/availability", () => {
  test("gives the slots between two dates, both inclusive, in the tenant's zone, in order", async () => {
    const answer = await slots({ from: date(2), to: date(3) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { timezone, slots: given } = expectShape(availability, answer.body);
    expect(timezone).toBe("America/Bogota");
    expect(given).toHaveLength(94);
    expect(given[0]?.start).toBe(`${date(2)}T05:00:00.000Z`);
    expect(given.map((slot) => slot.start)).toEqual(given.map((slot) => slot.start).toSorted());
    expect(given.every((slot) => Date.parse(slot.end) - Date.parse(slot.start) === 30 * 60_000)).toBe(true);
  });

  test("62 days are given, 63 are too many", async () => {
    expect((await slots({ from: date(0), to: date(61) })).status).toBe(200);
    expectProblem(await slots({ from: date(0), to: date(62) }), "range_too_long");
  });

  test("62 days are 62 days, also where the clock changes between them", async () => {
    const own = await stage.openClinic();
    await stage.owner.query("update tenant set timezone = 'Europe/Paris' where tenant_id = $1", [own.tenantId]);
    const wish = { link: own.link, service: own.serviceId, professional: own.professionalId };
    expect((await slots({ ...wish, from: "2027-10-01", to: "2027-12-01" })).status).toBe(200);
    expectProblem(await slots({ ...wish, from: "2027-03-01", to: "2027-05-02" }), "range_too_long");
  });

  test("the past, and what lies beyond the horizon, has no slots", async () => {
    expect(expectShape(availability, (await slots({ from: date(-10), to: date(-3) })).body).slots).toEqual([]);
    expect(expectShape(availability, (await slots({ from: date(70), to: date(80) })).body).slots).toEqual([]);
  });

  test.each([0, 90])(
    "with %d minutes of notice, the first slot is the first that begins so late, and no slot has begun",
    async (notice) => {
      const own = await stage.openClinic({ leadMinutes: notice, stepMinutes: 5 });
      const minutesFromNow = (start: string | undefined) => (Date.parse(start ?? "") - Date.now()) / 60_000;
      const wish = { link: own.link, service: own.serviceId, professional: own.professionalId };
      const { slots: given } = expectShape(availability, (await slots({ ...wish, from: date(0), to: date(1) })).body);
      // What could not be paid in time is not offered either; nothing begins in the clinic's last half hour.
      expect(minutesFromNow(given[0]?.start)).toBeGreaterThan(Math.max(notice, 3) - 1);
      expect(minutesFromNow(given[0]?.start)).toBeLessThan(notice + 45);
      const began = new Date(Date.parse(given[0]?.start ?? "") - 3_600_000).toISOString();
      expect((await stage.hold(own, { start: began })).body.code).toBe("slot_not_offered");
    },
  );

  test("dates in the wrong order are told by the name of the field", async () => {
    expect(expectProblem(await slots({ from: date(2), to: date(1) }), "invalid_request")).toEqual(["to"]);
  });

  test.each(["2026-02-30", "2026-13-01", "tomorrow", "2026-1-1", "2026-01-01T00:00:00Z", "", "-000001-01-01", "99999-01-01"])(
    "%j is no date",
    async (from) => {
      expect(expectProblem(await slots({ from, to: date(2) }), "invalid_request")).toEqual(["from"]);
    },
  );

  test("every field that is missing is named", async () => {
    const paths = expectProblem(await ask(stage, "/api/availability"), "invalid_request");
    expect(paths.sort()).toEqual(["professional", "service"]);
  });

  const alone = (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ service: clinic.serviceId, professional: clinic.professionalId, ...more });
    return ask(stage, `/api/availability?${query}`);
  };
  const datesOf = (answer: Answered) =>
    expectShape(availability, answer.body)
      .slots.map(({ start }) => new Date(Date.parse(start) - 5 * 3_600_000).toISOString().slice(0, 10))
      .filter((day, index, all) => day !== all[index - 1]);

  test("a service and a professional are enough: fourteen dates from today in the tenant's zone, as with the link", async () => {
    const answer = await alone();
    expect(answer.status).toBe(200);
    // The last half hours of today are gone when the tests run late in the evening in Bogotá.
    expect(datesOf(answer).slice(-13)).toEqual(Array.from({ length: 13 }, (_, index) => date(index + 1)));
    expect(answer.body).toEqual((await slots({ from: date(0), to: date(13) })).body);
  });

  test("a date alone is the first of fourteen, or the last one from today on", async () => {
    expect(datesOf(await alone({ from: date(5) }))).toEqual(Array.from({ length: 14 }, (_, index) => date(index + 5)));
    expect((await alone({ to: date(3) })).body).toEqual((await slots({ from: date(0), to: date(3) })).body);
    expectProblem(await alone({ to: date(62) }), "range_too_long");
    expect(expectProblem(await alone({ to: date(-2) }), "invalid_request")).toEqual(["to"]);
  });

  test("what is given and wrong is refused, though it may be left out", async () => {
    for (const link of ["nobody-knows-it", ""]) expectProblem(await alone({ link }), "link_unknown");
    for (const field of ["from", "to"]) expect(expectProblem(await alone({ [field]: "" }), "invalid_request")).toEqual([field]);
    const other = await stage.openClinic();
    expectProblem(await alone({ link: other.link }), "slot_not_offered");
  });

  test("without a link, what is unknown, inactive, deleted or another merchant's is not offered", async () => {
    const own = await stage.openClinic();
    const of = (service: string, professional: string) => alone({ service, professional });
    expectProblem(await of(own.serviceId, randomUUID()), "slot_not_offered");
    expectProblem(await of(randomUUID(), own.professionalId), "slot_not_offered");
    expectProblem(await of(clinic.serviceId, own.professionalId), "slot_not_offered");
    expect((await of(own.serviceId, own.professionalId)).status).toBe(200);
    const changes = [
      ["professional", "active = false", own.professionalId],
      ["professional", "deleted_at = now()", own.otherProfessionalId],
      ["service", "active = false", own.serviceId],
      ["service", "deleted_at = now()", own.onlineServiceId],
    ] as const;
    for (const [table, change, id] of changes) await stage.owner.query(`update ${table} set ${change} where id = $1`, [id]);
    forgetCatalogs();
    for (const professional of [own.professionalId, own.otherProfessionalId])
      expectProblem(await of(own.depositServiceId, professional), "slot_not_offered");
    await stage.owner.query("update professional set active = true where id = $1", [own.professionalId]);
    forgetCatalogs();
    expect((await of(own.depositServiceId, own.professionalId)).status).toBe(200);
    for (const service of [own.serviceId, own.onlineServiceId]) expectProblem(await of(service, own.professionalId), "slot_not_offered");
  });

  test("without a link, an id that two merchants have leads to neither of them", async () => {
    const own = await stage.openClinic();
    const ask = () => alone({ service: own.serviceId, professional: own.professionalId });
    expect((await ask()).status).toBe(200);
    await stage.owner.query("insert into professional (tenant_id, id, name) values ($1, $2, 'Laura')", [
      clinic.tenantId,
      own.professionalId,
    ]);
    expectProblem(await ask(), "slot_not_offered");
    await stage.owner.query("delete from professional where tenant_id = $1 and id = $2", [clinic.tenantId, own.professionalId]);
  });

  test("a service and a professional that do not belong together, or are unknown, are not offered", async () => {
    const other = await stage.openClinic();
    const days = { from: date(1), to: date(2) };
    expectProblem(await slots({ ...days, professional: randomUUID() }), "slot_not_offered");
    expectProblem(await slots({ ...days, service: randomUUID() }), "slot_not_offered");
    expectProblem(await slots({ ...days, professional: other.professionalId }), "slot_not_offered");
    expect(expectProblem(await slots({ ...days, service: "1" }), "invalid_request")).toEqual(["service"]);
  });

  test("a held slot is shown as held to others and as free to its own customer; a booked one is not shown", async () => {
    const start = slotStart(20);
    expect(await stateOf(start)).toBe("free");
    const held = await stage.hold(clinic, { start });
    expect(await stateOf(start)).toBe("held");
    expect(await stateOf(start, "another-session-of-tests")).toBe("held");
    expect(await stateOf(start, held.body.session)).toBe("free");
    await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [held.body.id]);
    expect(await stateOf(start)).toBe("free");
    await ask(stage, `/api/holds/${held.body.id}`, { method: "DELETE", session: held.body.session });
  });

  test("a claim takes every slot that its buffers touch", async () => {
    const own = await stage.openClinic();
    await stage.owner.query("update service set buffer_before_minutes = 20, buffer_after_minutes = 40 where id = $1", [own.serviceId]);
    await stage.hold(own, { start: slotStart(20) });
    const wish = { link: own.link, service: own.serviceId, professional: own.professionalId, from: date(1), to: date(2) };
    const given = expectShape(availability, (await slots(wish)).body).slots;
    // Both have buffers: an hour and a half apart is the least.
    expect(given.filter((slot) => slot.state === "held").map((slot) => slot.start)).toEqual([18, 19, 20, 21, 22].map(slotStart));
  });

  test("a professional far east of the merchant: a slot that runs beyond the merchant's day is not shown as free when it is held", async () => {
    const own = await stage.openClinic();
    await stage.owner.query("update professional set timezone = 'Asia/Tokyo' where id = $1", [own.professionalId]);
    await stage.owner.query("update service set duration_minutes = 480, slot_step_minutes = 60 where id = $1", [own.depositServiceId]);
    const wish = { link: own.link, service: own.depositServiceId, professional: own.professionalId, from: date(3), to: date(3) };
    const last = expectShape(availability, (await slots(wish)).body).slots.at(-1);
    if (!last) throw new Error("no slot to look at");
    // Half an hour at its end, more than four hours after the merchant's midnight.
    const late = new Date(Date.parse(last.end) - 30 * 60_000).toISOString();
    expect(Date.parse(late) - Date.parse(`${date(4)}T05:00:00Z`)).toBeGreaterThan(4 * 3_600_000);
    expect((await stage.hold(own, { start: late })).status).toBe(201);
    expect(expectShape(availability, (await slots(wish)).body).slots.at(-1)).toEqual({ ...last, state: "held" });
  });
});
