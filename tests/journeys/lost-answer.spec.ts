import { openClinic } from "../support/clinic.ts";
import { expect, test } from "./journey.ts";
import { ana, atWompi, fillDetails, takeSlot } from "./wizard.ts";

for (const then of ["presses again", "corrects the name and presses again", "reloads the page"]) {
  test(`the booking is made, its answer is lost, and the customer ${then}: the payment page opens`, async ({ page, stage }) => {
    const clinic = await openClinic(stage);
    await takeSlot(page, clinic);
    await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
    const before = await page.context().cookies();
    await page.route("**/api/bookings", async (route) => {
      expect((await route.fetch()).status()).toBe(201);
      // The answer's cookie is lost with it.
      await page.context().clearCookies();
      await page.context().addCookies(before);
      await route.abort();
    });
    const lost = page.waitForEvent("requestfailed");
    await page.getByTestId("pay-button").click();
    await lost;
    await expect(page.getByTestId("pay-button")).toBeEnabled();
    await page.unroute("**/api/bookings");

    if (then === "reloads the page") await page.reload();
    if (then.startsWith("corrects")) await page.locator("#name").fill("Ana María Pérez Gómez");
    if (then !== "reloads the page") await page.getByTestId("pay-button").click();
    await atWompi(page, stage);
    const { rows } = await stage.owner.query("select count(*)::int as count from checkout where tenant_id = $1", [clinic.tenantId]);
    expect(rows).toEqual([{ count: 1 }]);
  });
}
