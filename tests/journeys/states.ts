import type { Page } from "@playwright/test";
import { demoId } from "#db/demo.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { bookUnheld, hold, pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import type { Outcome } from "../support/payers/payer.ts";
import { timePasses } from "../support/time-passes.ts";
import type { Place } from "../support/world.ts";
import { expect } from "./journey.ts";
import { shopStates } from "./shop/states.ts";
import { hydrated } from "./watch.ts";
import { detailsOf, expectState, fillDetails, type Offer, takeSlot, timesOf } from "./wizard.ts";

/**
 * One state of one page: how to bring it about, where it is, and how one knows that it is there.
 */
export type State = {
  name: string;
  /** Answers the address. */
  prepare(page: Page, place: Place): Promise<string>;
  arrive?(page: Page): Promise<void>;
  /** The page itself is the answer to something wrong. */
  isRefused?: boolean;
};

const freeOffer: Offer = { link: "demo", serviceId: demoId(14), professionalId: demoId(22) };
const demoOffer: Offer = { link: "demo", serviceId: demoId(13), professionalId: demoId(21) };

const at = (address: string) => async () => address;
const pageOf = ({ id, token }: { id: string; token: string }) => `/book/${id}/confirm?token=${token}`;

async function pending(place: Place, options: { outcome?: Outcome } = {}) {
  const clinic = await openClinic(place);
  const booking = await reachPaymentPage(place, clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  if (options.outcome) await pay(place, booking.checkoutUrl, options.outcome);
  if (options.outcome === "decline") await expect.poll(async () => (await state(place, booking)).paymentStatus).toBe("failed");
  return { clinic, booking };
}

async function lapsed(place: Place, outcome?: Outcome): Promise<string> {
  const { booking } = await pending(place, outcome ? { outcome } : {});
  await timePasses(place, booking.id, 13);
  return pageOf(booking);
}

async function resold(place: Place): Promise<string> {
  const { clinic, booking } = await pending(place);
  await timePasses(place, booking.id, 13);
  // The slot is free once the provider has answered.
  await expect.poll(async () => (await state(place, booking)).status).toBe("expired");
  const wish = { start: slotStart(0), serviceId: clinic.onlineServiceId, email: `second@${clinic.link}.example` };
  await pay(place, (await reachPaymentPage(place, clinic, wish)).checkoutUrl, "approve");
  await pay(place, booking.checkoutUrl, "approve");
  return pageOf(booking);
}

/** Paid after the last moment for its money. */
async function tooLate(place: Place): Promise<string> {
  const { booking } = await pending(place);
  await place.owner.query("update checkout set settle_until = now() where id = $1", [booking.id]);
  await pay(place, booking.checkoutUrl, "approve");
  return pageOf(booking);
}

/** Where the first payer wins, somebody else was faster. */
async function beaten(place: Place, how: "paid" | "unpaid"): Promise<string> {
  const clinic = await openClinic(place, { policy: "first_payer_wins" });
  const [winner, loser] = await Promise.all(
    ["first", "second"].map((who) => bookUnheld(place, clinic, { start: slotStart(0), email: `${who}@${clinic.link}.example` })),
  );
  if (!winner || !loser) throw new Error("two customers were to book");
  await pay(place, winner.body.checkoutUrl, "approve");
  await expect.poll(async () => (await state(place, winner.body)).status).toBe("confirmed");
  if (how === "paid") await pay(place, loser.body.checkoutUrl, "approve");
  return pageOf(loser.body);
}

/** A success takes its customer away after some seconds, once per tab: here it has done so. */
async function confirmed(page: Page, place: Place): Promise<string> {
  const { booking } = await pending(place, { outcome: "approve" });
  await page.goto("/terms");
  await page.evaluate((id) => sessionStorage.setItem(`konfirmado.returned.${id}`, "yes"), booking.id);
  return pageOf(booking);
}

async function takenByOthers(place: Place): Promise<Clinic> {
  const clinic = await openClinic(place);
  await Promise.all([20, 23].map((n) => hold(place, clinic, { start: slotStart(n) })));
  return clinic;
}

const shows = (state: string) => (page: Page) => expectState(page, state);
const offersTimes = (state: string) => async (page: Page) => {
  await expectState(page, state);
  await expect(page.getByTestId("next-slot").first()).toBeVisible();
};
const hasTestId = (id: string) => (page: Page) => expect(page.getByTestId(id).first()).toBeVisible();

async function grownLate(page: Page): Promise<void> {
  await expectState(page, "confirming");
  await hydrated(page);
  await page.clock.fastForward(21_000);
  await expectState(page, "late");
}

const bookingStates: State[] = [
  { name: "landing", prepare: at("/") },
  { name: "terms", prepare: at("/terms") },
  { name: "select", prepare: at("/book/demo/select") },
  { name: "select-chosen", prepare: at(`/book/demo/select?service=${demoId(12)}&professional=${demoId(22)}`) },
  { name: "availability", prepare: at(timesOf(demoOffer)), arrive: hasTestId("slot") },
  {
    name: "availability-held",
    prepare: async (page, place) => {
      const clinic = await takenByOthers(place);
      await takeSlot(page, clinic, 3);
      return `${timesOf(clinic)}&day=${slotStart(20).slice(0, 10)}`;
    },
    arrive: hasTestId("own-hold"),
  },
  {
    name: "details",
    prepare: async (page) => {
      await takeSlot(page, demoOffer);
      return page.url();
    },
    arrive: hasTestId("pay-button"),
  },
  {
    name: "details-race",
    prepare: async (_page, place) => {
      const clinic = await openClinic(place, { policy: "first_payer_wins" });
      return `${detailsOf(clinic)}&start=${slotStart(0)}`;
    },
    arrive: hasTestId("race-note"),
  },
  {
    name: "details-free",
    prepare: async (page) => {
      await takeSlot(page, freeOffer);
      return page.url();
    },
    arrive: hasTestId("pay-button"),
  },
  {
    name: "details-wrong",
    prepare: async (page, place) => {
      await takeSlot(page, await openClinic(place));
      return page.url();
    },
    arrive: async (page) => {
      await page.getByTestId("pay-button").click();
      await expect(page.locator("#acceptedTerms-problem")).toBeVisible();
    },
  },
  {
    name: "details-open-payment",
    prepare: async (page, place) => {
      const clinic = await openClinic(place);
      await takeSlot(page, clinic);
      const address = page.url();
      await fillDetails(page, { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" });
      await page.getByTestId("pay-button").click();
      await expect(page).toHaveURL(/\/wompi\/p\//);
      return address;
    },
    arrive: hasTestId("open-payment"),
  },
  {
    name: "details-hold-ended",
    prepare: at(`/book/demo/details?service=${demoId(13)}&professional=${demoId(23)}`),
    arrive: hasTestId("next-slot"),
  },
  {
    name: "confirming",
    prepare: async (_page, place) => pageOf((await pending(place, { outcome: "pending" })).booking),
    arrive: shows("confirming"),
  },
  {
    name: "late",
    prepare: async (page, place) => {
      await page.clock.install({ time: Date.now() });
      return pageOf((await pending(place, { outcome: "pending" })).booking);
    },
    arrive: grownLate,
  },
  {
    name: "asking",
    prepare: async (_page, place) => {
      const { booking } = await pending(place, { outcome: "pending" });
      await timePasses(place, booking.id, 11);
      return pageOf(booking);
    },
    arrive: shows("asking"),
  },
  {
    name: "mismatch",
    prepare: async (_page, place) => {
      const { booking } = await pending(place);
      await pay(place, booking.checkoutUrl, "approve", { amountMinor: 1_200_000, method: "bank_transfer" });
      return pageOf(booking);
    },
    arrive: shows("mismatch"),
  },
  {
    name: "declined",
    prepare: async (_page, place) => pageOf((await pending(place, { outcome: "decline" })).booking),
    arrive: shows("declined"),
  },
  { name: "confirmed", prepare: confirmed, arrive: shows("confirmed") },
  { name: "expired", prepare: (_page, place) => lapsed(place), arrive: shows("expired") },
  { name: "failed", prepare: (_page, place) => lapsed(place, "decline"), arrive: shows("failed") },
  { name: "refunded", prepare: (_page, place) => tooLate(place), arrive: shows("refunded") },
  { name: "taken", prepare: (_page, place) => beaten(place, "paid"), arrive: offersTimes("taken") },
  { name: "taken-held", prepare: (_page, place) => resold(place), arrive: offersTimes("taken") },
  { name: "gone", prepare: (_page, place) => beaten(place, "unpaid"), arrive: offersTimes("gone") },
  { name: "link-unknown", prepare: at("/book/nobody-knows-me/select"), isRefused: true },
  { name: "booking-unknown", prepare: at("/book/00000000-0000-4000-8000-000000000000/confirm"), isRefused: true },
  { name: "not-found", prepare: at("/nothing"), isRefused: true },
];

export const states: State[] = [...bookingStates, ...shopStates];
