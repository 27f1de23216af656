import { openClinic } from "../support/clinic.ts";
import { hold, slotStart } from "../support/customer.ts";
import type { Place } from "../support/world.ts";
import { expect, test, wide } from "./journey.ts";
import { ana, chooseSlot, detailsOf, fillDetails, openTimes, pressHold, pressPay, takeSlot, timesOf } from "./wizard.ts";
import { wordsOf } from "./words.ts";

const words = wordsOf("es");

/** Everything about a hold happens earlier, until only this is left of it. */
async function leaveOfHold(place: Place, link: string, seconds: number): Promise<void> {
  await place.owner.query(
    `update slot_claim set created_at = created_at - (expires_at - now() - make_interval(secs => $2)), expires_at = now() + make_interval(secs => $2)
     where state = 'held' and tenant_id = (select tenant_id from booking_link where public_id = $1)`,
    [link, seconds],
  );
}

test("when the hold ends on the details the page says so kindly, and a next slot is one press away with nothing to type again", async ({
  page,
  stage,
}) => {
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: "ana@example.com" });
  await leaveOfHold(stage, clinic.link, 5);
  await page.reload();
  await expect(page.getByTestId("countdown")).toHaveAttribute("data-seconds", /^[1-5]$/);
  await expect(page.getByTestId("hold-ended")).toBeVisible();
  await expect(page.getByRole("heading", { name: words.details.ended.title })).toBeFocused();
  await expect(page.getByText(words.details.ended.text)).toBeVisible();

  await page.getByTestId("next-slot").nth(1).click();
  await expect(page.getByTestId("countdown")).toHaveAttribute("data-seconds", /^(600|5[89]\d)$/);
  await expect(page.locator("#name")).toHaveValue(ana.name);
  await expect(page.locator("#email")).toHaveValue("ana@example.com");
  await page.locator("#acceptedTerms").check();
  await pressPay(page, stage);
});

test("screen readers hear of the countdown at five minutes, at one minute and at the end, and not once more", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await page.clock.install({ time: Date.now() });
  await takeSlot(page, clinic);
  const region = page.getByTestId("countdown").getByRole("status");
  await region.evaluate((node) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver(() => heard.push(node.textContent ?? "")).observe(node, { childList: true, characterData: true, subtree: true });
  });
  const heard = () => page.evaluate(() => (globalThis as typeof globalThis & { heard: string[] }).heard);
  await page.clock.runFor(4 * 60_000);
  expect(await heard(), "more than five minutes left").toEqual([]);
  await page.clock.runFor(4.5 * 60_000);
  expect(await heard()).toHaveLength(1);
  await page.clock.runFor(60_000);
  const atLast = await heard();
  expect(atLast).toHaveLength(2);
  expect(atLast.map((text) => text.match(/\d+/)?.[0])).toEqual(["5", "1"]);
  await page.clock.runFor(45_000);
  // The countdown is gone, and the focus is on the words that say why.
  await expect(page.getByRole("heading", { name: words.details.ended.title })).toBeFocused();
});

test("another customer's hold shows as temporarily reserved and cannot be chosen", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  expect((await hold(stage, clinic, { start: slotStart(10) })).status).toBe(201);
  await page.goto(`${timesOf(clinic)}&day=${slotStart(10).slice(0, 10)}`);
  const slot = page.locator(`[data-testid=slot][data-start="${slotStart(10)}"]`);
  await expect(slot).toHaveAttribute("data-state", "held");
  await expect(slot).toContainText(words.availability.heldByOther);
  await expect(slot.getByRole("radio")).toBeDisabled();
  await slot.click({ force: true });
  await expect(page.getByTestId("hold-button")).toBeDisabled();
});

test("two browsers race for one slot: one gets it, the other a kind word and fresh times", async ({ page, stage, watch, openBrowser }) => {
  watch.expectRefused(/^POST \/api\/holds 409$/);
  const clinic = await openClinic(stage);
  const other = await (await openBrowser(wide)).newPage();
  for (const customer of [page, other]) await openTimes(customer, clinic);
  const start = await chooseSlot(page, 2);
  expect(await chooseSlot(other, 2)).toBe(start);
  await Promise.all([page, other].map((customer) => customer.getByTestId("hold-button").click()));
  const outcomes = await Promise.all(
    [page, other].map((customer) =>
      Promise.race([
        customer.waitForURL(/\/details\?/).then(() => "won"),
        customer
          .getByText(words.errors.slot_taken)
          .waitFor()
          .then(() => "lost"),
      ]),
    ),
  );
  expect(outcomes.toSorted()).toEqual(["lost", "won"]);
  const loser = outcomes[0] === "lost" ? page : other;
  await expect(loser.getByRole("alert").filter({ hasText: words.errors.slot_taken })).toBeVisible();
  await expect(loser.locator(`[data-testid=slot][data-start="${start}"]`)).toHaveAttribute("data-state", "held");
  await chooseSlot(loser, 2);
  await pressHold(loser);
});

test("another tab that takes another time: this tab's form ends kindly instead of booking what is gone", async ({ page, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/bookings 4(04|09|10)$/);
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: "ana@example.com" });
  const second = await page.context().newPage();
  await openTimes(second, clinic);
  await expect(second.getByTestId("own-hold")).toBeVisible();
  await chooseSlot(second, 3);
  await pressHold(second);

  await page.getByTestId("pay-button").click();
  await expect(page.getByTestId("hold-ended")).toBeVisible();
  await page.goto(detailsOf(clinic));
  await expect(page.locator("#name"), "the other tab's time, with the entries of this tab").toHaveValue(ana.name);
});

test("a time that is pressed before the page's scripts have come is chosen once they have", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  const released = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto(`${timesOf(clinic)}&day=${slotStart(10).slice(0, 10)}`, { waitUntil: "commit" });
  const slot = page.locator('[data-testid=slot][data-state="free"]').first();
  await slot.click();
  await expect(slot.getByRole("radio")).toBeChecked();
  await expect(page.getByTestId("hold-button")).toBeDisabled();
  released.resolve();
  await pressHold(page);
});
