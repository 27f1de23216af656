import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import { openClinic } from "#tests/support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "#tests/support/customer.ts";
import type { Place } from "#tests/support/world.ts";
import { expect, phone, test } from "../journey.ts";
import { keepPicture, seriousFindings } from "../looks.ts";
import { chooseDay, expectState } from "../wizard.ts";
import { wordsOf } from "../words.ts";

const terms = { steps: [{ hoursBefore: 24, percentBack: 100 }], feeMinor: 0 };

/** Far enough ahead for the merchant's hours, and with terms. */
async function paidBooking(place: Place) {
  const clinic = await openClinic(place);
  const { tenantId, serviceId } = clinic;
  await updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse({ cancellation: terms }) } });
  const booking = await reachPaymentPage(place, clinic, { start: slotStart(100) });
  await pay(place, booking.checkoutUrl, "approve");
  await expect.poll(async () => (await state(place, booking)).status).toBe("confirmed");
  return booking;
}

test.describe("on a phone", () => {
  test.use({ ...phone, locale: "es-CO" });

  test("a customer moves their booking from the confirmation's page, then cancels it and sees what comes back", async ({ page, stage }) => {
    const words = wordsOf("es");
    const booking = await paidBooking(stage);
    await page.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
    const stay = page.getByRole("button", { name: words.confirm.stay });
    if (await stay.isVisible()) await stay.click();
    await page.getByTestId("own-move-link").click();
    await expect(page).toHaveURL(/\/move\?token=/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.ownChanges.move.title);
    expect.soft(await seriousFindings(page), "move").toEqual([]);
    await keepPicture(page, "own-move-es");
    await expect(page.getByTestId("own-move")).toBeDisabled();
    await chooseDay(page, 2);
    const slot = page.locator('[data-testid=slot][data-state="free"]').first();
    const start = await slot.getAttribute("data-start");
    await slot.click();
    await page.getByTestId("own-move").click();
    await expect(page).toHaveURL(/\/confirm\?/);
    await expect(page.getByTestId("was-moved")).toHaveText(words.confirm.wasMoved);
    expect((await state(stage, booking)).start).toBe(start);

    await page.getByTestId("own-cancel-link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.ownChanges.cancel.title);
    await expect(page.getByTestId("own-sums")).toContainText("$ 100.000");
    expect.soft(await seriousFindings(page), "cancel").toEqual([]);
    await keepPicture(page, "own-cancel-es");
    await page.getByTestId("own-cancel").dblclick();
    await expect(page).toHaveURL(/\/confirm\?/);
    await expectState(page, "refunded");
    await expect.poll(async () => (await state(stage, booking)).refund).toMatchObject({ reason: "cancelled", amountMinor: 10_000_000 });
    await page.goto(`/book/${booking.id}/cancel?token=${booking.token}`);
    await expect(page).toHaveURL(/\/confirm\?/);
  });
});
