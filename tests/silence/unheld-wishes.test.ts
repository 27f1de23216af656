import { afterEach, expect, test } from "vitest";
import type { Availability } from "#contracts/checkout.ts";
import { withLookup } from "../engine/capabilities/playable.ts";
import type { Clinic } from "../support/clinic.ts";
import { paysAt, slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ keepsPromises: true });
afterEach(() => stage.startWorker());

type Booking = { id: string; token: string };

/** Another service of the professional, which is not held: whoever pays first gets the slot. */
async function wantsUnheld(clinic: Clinic): Promise<{ status: number; body: Booking & { code?: string } }> {
  const answer = await fetch(`${stage.appUrl}/api/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      link: clinic.link,
      serviceId: clinic.depositServiceId,
      professionalId: clinic.professionalId,
      start: slotStart(0),
      customer: { name: "Ana Pérez", email: "ana@example.com", phone: "300 123 4567" },
      acceptedTerms: true,
      ...paysAt(testedProvider.id),
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Booking & { code?: string } };
}

async function openMixedClinic(): Promise<Clinic> {
  const clinic = await stage.openClinic();
  await stage.owner.query("update service set capacity_policy = 'first_payer_wins' where id = $1", [clinic.depositServiceId]);
  return clinic;
}

/** The page of a hold that is over, about whose payment the provider was not asked yet. */
async function leaveUnasked(clinic: Clinic): Promise<Booking> {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.timePasses(booking.id, 25);
  // Far from the next question of the ladder: only the wish can free the slot.
  await stage.owner.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key like 'poll-%'");
  return booking;
}

withLookup.story("whoever wants a kept slot without a hold has its provider asked, and its no frees the slot", async () => {
  const clinic = await openMixedClinic();
  const booking = await leaveUnasked(clinic);
  expect((await wantsUnheld(clinic)).body.code).toBe("slot_taken");
  await stage.startWorker();
  await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "expired", isAwaitingAnswer: false }));
  expect((await wantsUnheld(clinic)).status).toBe(201);
});

withLookup.story("another try to pay for a slot that somebody keeps has its provider asked too", async () => {
  const clinic = await openMixedClinic();
  const { body: unheld } = await wantsUnheld(clinic);
  const booking = await leaveUnasked(clinic);
  expect((await stage.retry(unheld)).body.code).toBe("slot_taken");
  await stage.startWorker();
  await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "expired" }));
  expect((await stage.retry(unheld)).status).toBe(201);
});

test("a slot whose approval is stored is neither shown nor sold to the first payer, though its claim has lapsed and nobody wanted it", async () => {
  const clinic = await openMixedClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.timePasses(booking.id, 60);
  const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId });
  const { slots } = (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as Availability;
  expect(slots.find(({ start }) => start === slotStart(0))?.state).toBe("held");
  expect((await wantsUnheld(clinic)).body.code).toBe("slot_taken");
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
});
