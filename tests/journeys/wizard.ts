import { expect, type Page } from "@playwright/test";
import type { Place } from "../support/world.ts";

/** What a customer does on the pages, as a customer does it: by looking and pressing. */

export type Offer = { link: string; serviceId: string; professionalId: string };
export const ana = { name: "Ana María Pérez", phone: "300 123 4567" };
export type Booking = { id: string; token: string };

export async function chooseOffer(page: Page, { serviceId, professionalId }: Pick<Offer, "serviceId" | "professionalId">): Promise<void> {
  await page.locator(`[data-testid=service-card][data-id="${serviceId}"]`).click();
  await expect(page).toHaveURL(new RegExp(`service=${serviceId}`));
  await page.locator(`[data-testid=professional-card][data-id="${professionalId}"]`).click();
  await expect(page).toHaveURL(new RegExp(`professional=${professionalId}`));
  await page.getByTestId("continue").click();
  await expect(page).toHaveURL(/\/availability\?/);
}

export const timesOf = (offer: Offer): string =>
  `/book/${offer.link}/availability?service=${offer.serviceId}&professional=${offer.professionalId}`;
export const detailsOf = (offer: Offer): string =>
  `/book/${offer.link}/details?service=${offer.serviceId}&professional=${offer.professionalId}`;

/** The n-th day with free times after the one shown. */
export async function chooseDay(page: Page, n = 1): Promise<string> {
  const day = page.locator('[data-testid=day]:not([data-free="0"])').nth(n);
  await day.click();
  await expect(day).toHaveAttribute("aria-current", "true");
  return (await day.getAttribute("data-date")) ?? "";
}

/** The page of times, on a day that is still whole: of today, an evening has few slots left or none. */
export async function openTimes(page: Page, offer: Offer): Promise<void> {
  await page.goto(timesOf(offer));
  await chooseDay(page);
}

export async function chooseSlot(page: Page, n = 0): Promise<string> {
  const day = page.locator("[data-testid=day][aria-current]");
  const today = Temporal.Now.plainDateISO("America/Bogota").toString();
  expect(await day.getAttribute("data-date"), "a test that chooses of today fails in the evening").not.toBe(today);
  const slot = page.locator('[data-testid=slot][data-state="free"]').nth(n);
  const start = (await slot.getAttribute("data-start")) ?? "";
  await slot.click();
  await expect(page.getByTestId("hold-button")).toBeEnabled();
  return start;
}

export async function pressHold(page: Page): Promise<void> {
  await page.getByTestId("hold-button").click();
  await expect(page).toHaveURL(/\/details\?/);
  await expect(page.getByTestId("countdown")).toBeVisible();
}

/** From the times to the details, in one go. Answers the start of the slot. */
export async function takeSlot(page: Page, offer: Offer, n = 0): Promise<string> {
  await openTimes(page, offer);
  const start = await chooseSlot(page, n);
  await pressHold(page);
  return start;
}

export async function fillDetails(page: Page, customer: { name: string; email: string; phone: string }): Promise<void> {
  await page.locator("#name").fill(customer.name);
  await page.locator("#email").fill(customer.email);
  await page.locator("#phone").fill(customer.phone);
  await page.locator("#acceptedTerms").check();
}

export async function pressPay(page: Page, place: Place): Promise<void> {
  await page.getByTestId("pay-button").click();
  await atWompi(page, place);
}

export async function atWompi(page: Page, { simulatorsUrl }: Place): Promise<void> {
  await expect(page).toHaveURL((url) => url.href.startsWith(`${simulatorsUrl}/wompi/p/`));
  await expect(page.locator("button[value=approve]")).toBeVisible();
}

export type Outcome = "approve" | "decline" | "error" | "pending";

/** On Wompi's page: a button, with the bad habits of the form below it. Ends on the booking's page. */
export async function pressAtWompi(page: Page, outcome: Outcome, habits: { event?: "before" | "after" | "never" } = {}): Promise<Booking> {
  if (habits.event) {
    await page.locator("summary").click();
    await page.locator("select[name=event]").selectOption(habits.event);
  }
  await page.locator(`button[value=${outcome}]`).click();
  await expect(page).toHaveURL(/\/book\/[^/]+\/confirm\?/);
  return bookingOf(page);
}

export function bookingOf(page: Page): Booking {
  const url = new URL(page.url());
  return { id: url.pathname.split("/")[2] ?? "", token: url.searchParams.get("token") ?? "" };
}

export async function expectState(page: Page, state: string): Promise<void> {
  await expect(page.getByTestId("confirm-state")).toHaveAttribute("data-state", state, { timeout: 15_000 });
}

type Seen = { state: string; at: number };

/** Notes each state that the booking's page shows, with the time, in the page itself. A reload begins anew. */
export async function noteStates(page: Page): Promise<() => Promise<Seen[]>> {
  await page.addInitScript(() => {
    const seen: { state: string; at: number }[] = [];
    Object.assign(globalThis, { statesSeen: seen });
    const look = () => {
      const state = document.querySelector("[data-testid=confirm-state]")?.getAttribute("data-state");
      if (state && seen.at(-1)?.state !== state) seen.push({ state, at: Date.now() });
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  });
  return () => page.evaluate(() => (globalThis as typeof globalThis & { statesSeen?: Seen[] }).statesSeen ?? []);
}
