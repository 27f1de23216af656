import { openClinic } from "../support/clinic.ts";
import { expect, test } from "./journey.ts";
import {
  ana,
  atWompi,
  bookingOf,
  chooseDay,
  chooseOffer,
  chooseSlot,
  detailsOf,
  expectState,
  fillDetails,
  pressAtWompi,
  pressHold,
  pressPay,
  takeSlot,
} from "./wizard.ts";
import { wordsOf } from "./words.ts";

const words = wordsOf("es");

test("Back and reload lose nothing: not the choice, not the hold, not what was typed", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await page.goto(`/book/${clinic.link}`);
  await chooseOffer(page, { serviceId: clinic.depositServiceId, professionalId: clinic.otherProfessionalId });
  await chooseDay(page);
  const start = await chooseSlot(page, 4);
  await pressHold(page);
  await fillDetails(page, { ...ana, email: "ana@example.com" });
  const secondsLeft = Number(await page.getByTestId("countdown").getAttribute("data-seconds"));

  await page.reload();
  await expect(page.locator("#name")).toHaveValue(ana.name);
  await expect(page.locator("#phone")).toHaveValue(ana.phone);
  expect(Number(await page.getByTestId("countdown").getAttribute("data-seconds"))).toBeLessThanOrEqual(secondsLeft);

  await page.goBack();
  await expect(page.getByTestId("own-hold")).toBeVisible();
  await expect(page.locator(`[data-testid=slot][data-start="${start}"]`)).toHaveAttribute("data-state", "mine");
  await page.goBack();
  await expect(page.locator(`[data-testid=service-card][data-id="${clinic.depositServiceId}"]`)).toHaveAttribute("aria-current", "true");
  await expect(page.locator(`[data-testid=professional-card][data-id="${clinic.otherProfessionalId}"]`)).toHaveAttribute(
    "aria-current",
    "true",
  );
  await page.goForward();
  await page.goForward();
  await expect(page.locator("#email")).toHaveValue("ana@example.com");
  await page.locator("#acceptedTerms").check();
  await pressPay(page, stage);
});

test("Back from the payment page offers to go on with the same payment, and it can be paid", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  await pressPay(page, stage);
  await page.goBack();
  await expect(page.getByTestId("open-payment")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.details.openPayment.title);
  await expect(page.getByTestId("countdown")).toBeVisible();
  await page.getByTestId("continue-payment").click();
  await atWompi(page, stage);
  await pressAtWompi(page, "approve");
  await expectState(page, "confirmed");
  const { rows } = await stage.owner.query("select status from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toHaveLength(1);
});

test("two tabs that pay the same hold are one booking", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  const second = await page.context().newPage();
  await second.goto(detailsOf(clinic));
  await fillDetails(second, { ...ana, email: `customer@${clinic.link}.example` });
  await pressPay(page, stage);
  await pressPay(second, stage);
  await pressAtWompi(page, "approve");
  await expectState(page, "confirmed");
  await second.goto(`/book/${bookingOf(page).id}/confirm?token=${bookingOf(page).token}`);
  await expectState(second, "confirmed");
  const { rows } = await stage.owner.query("select status from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toHaveLength(1);
});

test("a reloaded success is still the success, and nobody is sent on twice", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  await pressPay(page, stage);
  await pressAtWompi(page, "approve");
  await expectState(page, "confirmed");
  const counting = page.getByTestId("returning").getByRole("button", { name: words.confirm.stay });
  await expect(counting).toBeVisible();
  await page.reload();
  await expectState(page, "confirmed");
  await expect(page.getByTestId("return")).toBeVisible();
  await expect(counting).toHaveCount(0);
});
