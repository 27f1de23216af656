import { expect, test } from "vitest";
import type { Availability } from "#contracts/checkout.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { unusual } from "#tests/support/unusual-clinic.ts";

const stage = prepareStage({ keepsPromises: true });
const minute = 60_000;
/** 10:30 in India, on the grid of every local day. The day before may have begun there. */
const start = slotStart(48);
const day = start.slice(0, 10);
const later = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * minute).toISOString();
/** Local midnight is 18:30 UTC of the day before. */
const midnight = later(`${day}T00:00:00.000Z`, -330);

async function offered(clinic: Clinic, days: { from: string; to: string }): Promise<Availability> {
  const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId, ...days });
  return (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as Availability;
}

test("a day of a zone at half an hour begins at its own midnight, and its slots follow their step", async () => {
  const clinic = await stage.openUnusualClinic();
  const { timezone, slots } = await offered(clinic, { from: day, to: day });
  expect(timezone).toBe("Asia/Kolkata");
  const starts = Array.from({ length: 40 }, (_, index) => later(midnight, index * 35));
  expect(slots).toEqual(starts.map((one) => ({ start: one, end: later(one, 50), state: "free" })));
  for (const minutes of [0, 140]) expect((await stage.hold(clinic, { start: later(start, minutes) })).status).toBe(201);
  for (const minutes of [-5, 5, 30])
    expect((await stage.hold(clinic, { start: later(start, minutes) })).body.code).toBe("slot_not_offered");
});

test("a hold reaches over its buffers of 20 and 40 minutes: every slot whose own span touches it shows as held, and no other", async () => {
  const clinic = await stage.openUnusualClinic();
  expect((await stage.hold(clinic, { start })).status).toBe(201);
  const { slots } = await offered(clinic, { from: day, to: day });
  const held = slots.filter(({ state }) => state === "held").map((slot) => slot.start);
  expect(held).toEqual([-105, -70, -35, 0, 35, 70, 105].map((minutes) => later(start, minutes)));
  for (const one of held) expect((await stage.hold(clinic, { start: one })).body.code).toBe("slot_taken");
  for (const beyond of [-140, 140]) expect((await stage.hold(clinic, { start: later(start, beyond) })).status).toBe(201);
});

test.each([{ leadMinutes: 0 }, { leadMinutes: 90 }])(
  "a slot an hour ago, or sooner than the notice (%o), is neither shown nor held",
  async ({ leadMinutes }) => {
    const clinic = await stage.openUnusualClinic({ leadMinutes, stepMinutes: 5, durationMinutes: 5 });
    const now = Math.floor(Date.now() / (5 * minute)) * 5 * minute;
    const around = (minutes: number): string => new Date(now + minutes * minute).toISOString();
    const dayIn = (instant: string): string => later(instant, 330).slice(0, 10);
    const { slots } = await offered(clinic, { from: dayIn(around(-90)), to: dayIn(around(120)) });
    const [first, second] = slots;
    // Without notice there must still be time to pay: four minutes.
    const notice = Math.max(leadMinutes, 4);
    const seconds = (Date.parse(first?.start ?? "") - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(notice * 60 - 10);
    expect(seconds).toBeLessThan((notice + 10) * 60 + 1);
    for (const minutes of [-60, -5, 0, leadMinutes - 5]) {
      const refused = await stage.hold(clinic, { start: around(minutes) });
      expect([refused.status, refused.body.code], `${minutes}`).toEqual([422, "slot_not_offered"]);
    }
    // The first may come too near meanwhile.
    expect((await stage.hold(clinic, { start: second?.start ?? "" })).status).toBe(201);
  },
);

test("a hold of 17 minutes ends after 17 minutes; the payment page gives it 17 more from then", async () => {
  const clinic = await stage.openUnusualClinic();
  const minutesFromNow = (instant: string): number => (Date.parse(instant) - Date.now()) / minute;
  const { body: held } = await stage.hold(clinic, { start });
  expect(minutesFromNow(held.expiresAt)).toBeCloseTo(unusual.holdMinutes, 0);
  await ages(held.id, 16);
  const { body: booked } = await stage.book(clinic, { holdId: held.id, session: held.session });
  expect(minutesFromNow(booked.expiresAt)).toBeCloseTo(17, 0);
  expect(minutesFromNow(booked.expiresAt)).toBeLessThan(17.01);
  const { rows } = await stage.owner.query("select expires_at from slot_claim where checkout_id = $1", [booked.id]);
  expect((rows[0].expires_at - Date.parse(booked.expiresAt)) / minute).toBe(unusual.answerWaitMinutes);
});

test("a hold whose 17 minutes are over is not paid for any more, and its slot is free", async () => {
  const clinic = await stage.openUnusualClinic();
  const { body: held } = await stage.hold(clinic, { start });
  await ages(held.id, 16.5);
  expect((await stage.hold(clinic, { start })).body.code).toBe("slot_taken");
  await ages(held.id, 0.6);
  expect((await stage.book(clinic, { holdId: held.id, session: held.session })).body.code).toBe("hold_expired");
  expect((await stage.hold(clinic, { start })).status).toBe(201);
});

async function ages(holdId: string, minutes: number): Promise<void> {
  const text = `update slot_claim set expires_at = expires_at - make_interval(secs => $2), created_at = created_at - make_interval(secs => $2)
    where id = $1`;
  await stage.owner.query(text, [holdId, minutes * 60]);
}
