import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type bookingMessages from "#messages/booking/es.json";
import type messages from "#messages/byHand/es.json";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { pressAtWompi } from "../wizard.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const read = (area: string) => JSON.parse(readFileSync(new URL(`../../../messages/${area}/es.json`, import.meta.url), "utf8"));
const words = (read("byHand") as typeof messages).byHand;
const status = (read("booking") as typeof bookingMessages).booking.status;

test.use({ viewport: wide.viewport });

async function openDesk(stage: Stage) {
  const clinic = await openClinic(stage);
  await stage.owner.query("update tenant set return_url = null where tenant_id = $1", [clinic.tenantId]);
  return { clinic, merchant: await openMerchant(stage, { tenantId: clinic.tenantId, name: "Laura Restrepo" }) };
}

const newBooking = (clinic: Clinic, n: number) =>
  `/dashboard/bookings/new?${new URLSearchParams({ professional: clinic.professionalId, start: slotStart(n) })}`;

async function fillIn(page: Page, email = "ana@example.com"): Promise<void> {
  await page.getByLabel(words.customer.name, { exact: true }).fill("Ana María Pérez");
  await page.getByLabel(words.customer.phone, { exact: true }).fill("300 123 4567");
  await page.getByLabel(words.customer.email, { exact: true }).fill(email);
}

test("whoever calls gets a payment link, pays it on the simulated page, and the reception sees it confirmed", async ({
  page,
  context,
  stage,
}) => {
  const { clinic, merchant } = await openDesk(stage);
  await signIn(context, stage, merchant);
  await page.goto("/dashboard/bookings");
  await page.getByTestId("new-booking").click();
  await expect(page.getByTestId("by-hand-form")).toBeVisible();
  // What is missing is said at its field, and what was typed stays.
  await page.goto(newBooking(clinic, 20));
  await page.getByLabel(words.customer.name, { exact: true }).fill("Ana María Pérez");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.problems.phone)).toBeVisible();
  await expect(page.getByLabel(words.customer.name, { exact: true })).toHaveValue("Ana María Pérez");
  await fillIn(page);
  await page.getByText(words.end["1h"], { exact: true }).click();
  await page.getByTestId("save").dblclick();
  await expect(page.getByTestId("status")).toHaveText(status.pending);
  const address = (await page.getByTestId("link-address").textContent()) ?? "";
  await expect(page.getByTestId("whatsapp")).toHaveAttribute("href", /^https:\/\/wa\.me\/573001234567\?text=.*confirm/);
  expect(await seriousFindings(page)).toEqual([]);
  const { rows } = await stage.owner.query("select count(*)::int as made from booking where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([{ made: 1 }]);

  const customer = await context.newPage();
  await customer.goto(address);
  await expect(customer.getByTestId("confirm-state")).toHaveAttribute("data-state", "asked");
  expect(await seriousFindings(customer)).toEqual([]);
  await customer.getByTestId("pay-button").click();
  await expect(customer.getByText("Para pagar necesitas aceptar los términos.")).toBeVisible();
  await customer.getByRole("checkbox").check();
  await customer.getByTestId("pay-button").click();
  await pressAtWompi(customer, "approve");
  await expect(customer.getByTestId("confirm-state")).toHaveAttribute("data-state", "confirmed");
  // The room and the mails come a moment after the money.
  await expect(async () => {
    await page.reload();
    await expect(page.getByTestId("status")).toHaveText(status.confirmed, { timeout: 1000 });
  }).toPass();
  await expect(page.getByTestId("payment-link")).toHaveCount(0);
});

test("whoever stands at the desk pays there, and the booking is paid at once; the taken hour is refused with the reason", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/bookings\/by-hand 409$/);
  const { clinic, merchant } = await openDesk(stage);
  await signIn(context, stage, merchant);
  await page.goto(newBooking(clinic, 24));
  await fillIn(page);
  await page.getByText(words.money.ways.on_site).click();
  await page.getByText(words.onSite.card, { exact: true }).click();
  await page.getByLabel(words.onSite.reference).fill("0042");
  await page.getByTestId("save").click();
  await expect(page.getByTestId("status")).toHaveText(/Pagada|Confirmada/);
  await expect(page.getByTestId("money")).toContainText("Laura Restrepo");
  await expect(page.getByTestId("money")).toContainText("0042");
  await page.goto(newBooking(clinic, 24));
  await fillIn(page);
  await page.getByText(words.money.ways.on_site).click();
  await page.getByTestId("save").click();
  await expect(page.getByText(words.problems.taken)).toBeVisible();
  await expect(page.getByLabel(words.customer.phone)).toHaveValue("300 123 4567");
});

test("the rest of a deposit is seen, taken at the desk, and the customer's page says that nothing is left", async ({
  page,
  context,
  stage,
}) => {
  const { clinic, merchant } = await openDesk(stage);
  await signIn(context, stage, merchant);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(28), serviceId: clinic.depositServiceId });
  await pay(stage, booking.checkoutUrl, "approve");
  await expect
    .poll(async () => (await stage.owner.query("select status from checkout where id = $1", [booking.id])).rows[0]?.status)
    .toBe("confirmed");
  await page.goto(`/dashboard/bookings/${booking.id}`);
  await expect(page.getByTestId("rest")).toContainText(words.rest.open);
  await page.getByTestId("ask-rest").click();
  await expect(page.getByTestId("rest")).toContainText(words.rest.asked);
  const customer = await context.newPage();
  await customer.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
  await expect(customer.getByTestId("rest")).toHaveAttribute("data-state", "asked");
  expect(await seriousFindings(customer)).toEqual([]);
  await page.getByTestId("take-rest").click();
  await page.getByTestId("on-site-form").getByTestId("save").click();
  await expect(page.getByTestId("rest")).toContainText(words.rest.paid);
  expect(await seriousFindings(page)).toEqual([]);
  await customer.reload();
  await expect(customer.getByTestId("rest")).toHaveAttribute("data-state", "paid");
});

test("the page looks well on phones and wide, light and dark", async ({ stage, openBrowser }) => {
  const { merchant } = await openDesk(stage);
  await expectGoodLooks({ stage, merchant, path: "/dashboard/bookings/new", name: "by-hand", openBrowser });
});
