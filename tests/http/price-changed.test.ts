import { expect, test } from "vitest";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { type ServiceChanges, serviceChanges } from "#contracts/catalog.ts";
import { bookingState, checkoutAnswer, type HoldAnswer, holdAnswer } from "#contracts/checkout.ts";
import { problem } from "#contracts/problem.ts";
import type { Clinic, ClinicSettings } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage();

const shown = { amountMinor: 10_000_000, currency: "COP" };
const dearer = 17_000_000;

async function open(settings: ClinicSettings = {}) {
  const clinic = await stage.openClinic(settings);
  const offer = { link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, start: slotStart(0) };
  const change = (changes: ServiceChanges, id = clinic.serviceId) =>
    updateService({ caller, input: { tenantId: clinic.tenantId, serviceId: id, changes: serviceChanges.parse(changes) } });
  return { clinic, offer, change };
}
const hold = (offer: object, seen?: object) => ask(stage, "/api/holds", { json: { ...offer, ...(seen ? { seen } : {}) } });
const book = (clinic: Clinic, { id, session }: HoldAnswer, seen?: object) =>
  ask(stage, "/api/bookings", {
    session,
    json: { link: clinic.link, holdId: id, customer: customerOfTests, acceptedTerms: true, provider: "wompi", ...(seen ? { seen } : {}) },
  });
const offerIn = (answer: { body: unknown }) => problem.parse(answer.body).offer;

test("a hold of somebody who was shown another price or length is refused with what holds now, and holds nothing", async () => {
  const { clinic, offer, change } = await open();
  await change({ priceMinor: dearer, durationMinutes: 45 });
  for (const seen of [shown, { ...shown, amountMinor: dearer, durationMinutes: 30 }, { amountMinor: dearer, currency: "USD" }]) {
    const refused = await hold(offer, seen);
    expectProblem(refused, "price_changed");
    expect(offerIn(refused)).toMatchObject({ amountMinor: dearer, priceMinor: dearer, currency: "COP", durationMinutes: 45 });
  }
  const { rows } = await stage.owner.query("select id from slot_claim where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([]);
  expect((await hold(offer, { amountMinor: dearer, currency: "COP", durationMinutes: 45 })).status).toBe(201);
});

test("price, deposit, length and policy of a living hold are frozen: that is what the provider is asked for", async () => {
  const { clinic, offer, change } = await open();
  const deposit = { ...offer, serviceId: clinic.depositServiceId };
  const held = expectShape(holdAnswer, (await hold(deposit)).body);
  await change(
    { priceMinor: dearer, depositPercent: 60, durationMinutes: 90, capacityPolicy: "first_payer_wins", online: true },
    clinic.depositServiceId,
  );
  const booked = expectShape(checkoutAnswer, (await book(clinic, held, { amountMinor: 2_500_000, currency: "COP" })).body);
  expect(booked.amountMinor).toBe(2_500_000);
  expect(new URL(booked.checkoutUrl).searchParams.get("amount-in-cents")).toBe("2500000");
  await stage.pay(booked.checkoutUrl, "approve");
  await eventually(async () => {
    const answer = await ask(stage, `/api/bookings/${booked.id}/status?token=${booked.token}`);
    const state = expectShape(bookingState, answer.body);
    expect(state).toMatchObject({ status: "confirmed", priceMinor: 10_000_000, amountMinor: 2_500_000 });
    expect(state.service).toMatchObject({ durationMinutes: 30, online: false });
  });
  const { rows } = await stage.owner.query("select capacity_policy from booking where id = $1", [booked.id]);
  expect(rows).toEqual([{ capacity_policy: "hold" }]);
});

test("a booking of a hold at another amount than the frozen one is refused; without an amount the frozen one is asked for", async () => {
  const { clinic, offer, change } = await open();
  const held = expectShape(holdAnswer, (await hold(offer, shown)).body);
  await change({ priceMinor: dearer });
  const refused = await book(clinic, held, { amountMinor: dearer, currency: "COP" });
  expectProblem(refused, "price_changed");
  expect(offerIn(refused)?.amountMinor).toBe(10_000_000);
  expect((await book(clinic, held)).body).toMatchObject({ amountMinor: 10_000_000 });
});

test("where the first payer wins, a booking at the price of before is refused and makes nothing", async () => {
  const { clinic, offer, change } = await open({ policy: "first_payer_wins" });
  const asking = { ...offer, customer: customerOfTests, acceptedTerms: true, provider: "wompi" };
  await change({ priceMinor: dearer });
  const refused = await ask(stage, "/api/bookings", { json: { ...asking, seen: shown } });
  expectProblem(refused, "price_changed");
  expect(offerIn(refused)?.amountMinor).toBe(dearer);
  const { rows } = await stage.owner.query("select id from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([]);
  const accepted = await ask(stage, "/api/bookings", { json: { ...asking, seen: { ...shown, amountMinor: dearer } } });
  expect(accepted.body).toMatchObject({ amountMinor: dearer });
});
