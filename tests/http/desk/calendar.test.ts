import { beforeAll, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { system } from "#contracts/caller.ts";
import { weeklyHours } from "#contracts/catalog.ts";
import { type Calendar, calendar } from "#contracts/desk/calendar.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { type Merchant, type MerchantWish, openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { type Answered, ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage();
let clinic: Clinic;
let owner: Merchant;
/** Of the clinic, in Bogota: the date on which the first slots lie. */
const day = slotStart(0).slice(0, 10);
const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  clinic = await stage.openClinic({ bufferAfterMinutes: 10 });
  owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const hours = weeklyHours.parse([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "08:00", endsAt: "12:00" })));
  const { tenantId, otherProfessionalId: professionalId } = clinic;
  await setWeeklyHours({ caller: system, input: { tenantId, professionalId, hours } });
});

const send = (merchant: Merchant, path: string, json?: object, method = json ? "POST" : "GET"): Promise<Answered> =>
  ask(stage, path, { method, headers: { cookie: merchant.cookie }, ...(json && { json }) });

async function calendarOf(merchant: Merchant, query = ""): Promise<Calendar> {
  const answer = await send(merchant, `/api/calendar?from=${day}&to=${day}${query}`);
  expect(answer.status, answer.text).toBe(200);
  return expectShape(calendar, answer.body);
}

test("bookings, holds, hours and absences of a day; what is cancelled or over is not there", async () => {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(6) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  const other = await stage.reachPaymentPage(clinic, { start: `${day}T14:00:00.000Z`, professionalId: clinic.otherProfessionalId });
  await stage.hold(clinic, { start: slotStart(10) });
  const lapsed = await stage.hold(clinic, { start: slotStart(12) });
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [lapsed.body.id]);
  const gone = await stage.reachPaymentPage(clinic, { start: slotStart(14) });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: gone.id } });
  await stage.reachPaymentPage(clinic, { start: new Date(Date.parse(slotStart(6)) + 86_400_000).toISOString() });
  const block = { kind: "closed", from: day, to: day, startsAt: "18:00", endsAt: "19:00", note: "Almuerzo" };
  const blocked = await send(owner, `/api/professionals/${clinic.professionalId}/exceptions`, block);
  const exceptionId = (blocked.body as { exceptions: { id: string }[] }).exceptions[0]?.id ?? "";

  const seen = await calendarOf(owner);
  expect(seen.professionals.map(({ id, open }) => [id, open])).toEqual(
    expect.arrayContaining([[clinic.otherProfessionalId, [{ start: `${day}T13:00:00.000Z`, end: `${day}T17:00:00.000Z` }]]]),
  );
  const absences = seen.professionals.flatMap((one) => one.absences);
  expect(absences).toEqual([{ exceptionId, note: "Almuerzo", start: `${day}T23:00:00.000Z`, end: `${next}T00:00:00.000Z` }]);
  expect(seen.entries.map(({ bookingId, state, customer }) => [bookingId, state, customer?.phone ?? null]).toSorted()).toEqual(
    [
      [booking.id, "confirmed", "+573001234567"],
      [other.id, "paying", "+573001234567"],
      [null, "held", null],
    ].toSorted(),
  );
  const shown = seen.entries.find(({ bookingId }) => bookingId === booking.id);
  expect(shown).toMatchObject({ start: slotStart(6), keptFrom: slotStart(6), customer: { name: "Ana María Pérez" } });
  expect(Date.parse(shown?.keptUntil ?? "") - Date.parse(shown?.end ?? "")).toBe(600_000);
  await expectSight(booking.id);
  await expectUndone(exceptionId);
});

/** Staff see their own, with phone numbers only if they may. */
async function expectSight(bookingId: string): Promise<void> {
  const staff = (wish: MerchantWish) => openMerchant(stage, { ...wish, role: "staff", tenantId: clinic.tenantId });
  const hers = await calendarOf(await staff({ professionalId: clinic.professionalId }));
  expect(hers.professionals.map(({ id }) => id)).toEqual([clinic.professionalId]);
  expect(new Set(hers.entries.map(({ professionalId }) => professionalId))).toEqual(new Set([clinic.professionalId]));
  expect(hers.entries.find((entry) => entry.bookingId === bookingId)?.customer).toEqual({ name: "Ana María Pérez", phone: null });
  const trusted = await staff({ professionalId: clinic.professionalId, seesPhones: true });
  expect(JSON.stringify(await calendarOf(trusted))).toContain("+573001234567");
  for (const [who, query] of [
    [await staff({}), ""],
    [trusted, `&professional=${clinic.otherProfessionalId}`],
  ] as const)
    expect(await calendarOf(who, query)).toMatchObject({ professionals: [], entries: [] });
  expect((await calendarOf(owner, `&professional=${clinic.otherProfessionalId}`)).professionals).toHaveLength(1);
}

async function expectUndone(exceptionId: string): Promise<void> {
  const gone = await send(owner, `/api/professionals/${clinic.professionalId}/exceptions/${exceptionId}`, undefined, "DELETE");
  expect(gone.status).toBe(204);
  expect((await calendarOf(owner)).professionals.flatMap(({ absences }) => absences)).toEqual([]);
}

test("a range that ends before it begins, or is too long, is refused", async () => {
  expectProblem(await send(owner, `/api/calendar?from=${next}&to=${day}`), "invalid_request");
  expectProblem(await send(owner, `/api/calendar?from=${day}&to=2099-01-01`), "range_too_long");
});
