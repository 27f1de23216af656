import type { Page } from "@playwright/test";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import messages from "#messages/booking/es.json" with { type: "json" };
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import { keepPicture, seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { expectGoodLooks, leave, signIn } from "./member-pages.ts";

const words = messages.booking;
const terms = { steps: [{ hoursBefore: 1, percentBack: 50 }], feeMinor: 0 };

test.use(wide);

async function bookedClinic(stage: Stage, wish: { service?: "serviceId" | "onlineServiceId" } = {}) {
  const clinic = await openClinic(stage);
  const serviceId = clinic[wish.service ?? "serviceId"];
  const questions = [
    { kind: "yes_no", label: "¿Primera visita?" },
    { kind: "text", label: "¿Alergias?", isPersonal: true },
  ];
  const changes = serviceChanges.parse({ cancellation: terms, questions });
  await updateService({ caller, input: { tenantId: clinic.tenantId, serviceId, changes } });
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0), serviceId });
  await pay(stage, booking.checkoutUrl, "approve");
  await expect
    .poll(async () => (await stage.owner.query("select status from checkout where id = $1", [booking.id])).rows[0]?.status)
    .toBe("confirmed");
  return { clinic, booking, path: `/dashboard/bookings/${booking.id}` };
}

/** The appointment is today: what was to be tomorrow has come. */
async function itIsToday(stage: Stage, id: string): Promise<void> {
  await stage.owner.query(
    `with moved as (
       update booking b set starts_at = b.starts_at - interval '40 hours', ends_at = b.ends_at - interval '40 hours',
         during = tstzrange(lower(b.during) - interval '40 hours', upper(b.during) - interval '40 hours') where b.id = $1 returning *
     )
     update slot_claim c set starts_at = m.starts_at, ends_at = m.ends_at, during = m.during from moved m where c.checkout_id = m.id`,
    [id],
  );
}

const amount = (page: Page, name: string) => page.getByTestId("cancel-form").getByText(name);

test("the reception notes who came and takes it back, leaves a note, and cancels by the terms with the sum shown", async ({
  page,
  context,
  stage,
}) => {
  const { clinic, booking, path } = await bookedClinic(stage);
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId, name: "Laura Restrepo" });
  await signIn(context, stage, owner);
  const events = page.getByTestId("timeline").getByRole("listitem");
  await page.goto(path);
  await expect(page.getByTestId("status")).toHaveText(words.status.confirmed);
  await expect(events.and(page.locator("[data-action=booking_paid]"))).toBeVisible();
  await expect(page.getByTestId("attendance")).toContainText("Todavía no es el día");

  await itIsToday(stage, booking.id);
  await page.reload();
  const attendance = page.getByTestId("attendance");
  await attendance.getByRole("button", { name: words.attendance.no_show }).click();
  await expect(attendance.getByRole("button", { name: words.attendance.no_show })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("cancel")).toHaveCount(0);
  await page.getByRole("button", { name: "Deshacer" }).last().click();
  await expect(page.getByTestId("cancel")).toBeVisible();

  await page.getByLabel(words.notes.field).fill("Llega tarde 🌿 مها");
  await page.getByRole("button", { name: words.notes.add }).dblclick();
  await expect(page.getByTestId("note")).toHaveCount(1);
  await expect(page.getByTestId("note")).toContainText("Laura Restrepo");

  await stage.owner.query(
    "update booking set starts_at = starts_at + interval '60 hours', ends_at = ends_at + interval '60 hours' where id = $1",
    [booking.id],
  );
  await page.reload();
  await page.getByTestId("cancel").click();
  await expect(amount(page, words.cancel.by_terms)).toBeVisible();
  await keepPicture(page, "booking-cancel-1280");
  expect(await seriousFindings(page), "cancel dialog").toEqual([]);
  await page.getByTestId("cancel-form").getByTestId("save").click();
  await expect(page.getByText(words.cancel.missing)).toBeVisible();
  await page.getByLabel(words.cancel.amount).check();
  await page.getByLabel(words.cancel.amountField).fill("200.000");
  await page.getByTestId("cancel-form").getByTestId("save").click();
  await expect(page.getByText(words.cancel.amountWrong.split("{")[0] ?? "")).toBeVisible();
  await page.getByLabel(words.cancel.by_terms).check();
  await page.getByLabel(words.cancel.reason).fill("Está de viaje");
  await page.getByTestId("cancel-form").getByTestId("save").dblclick();
  await expect(page.getByTestId("status")).toHaveText(words.status.cancelled);
  await expect(page.getByTestId("refund-case")).toContainText(words.refundReason.cancelled);
  await expect(page.getByTestId("refund-case")).toContainText("50.000");
  await expect(page.getByTestId("note")).toHaveCount(2);
  await expect(page.getByTestId("actions").getByTestId("cancel")).toHaveCount(0);
  await expect(events.and(page.locator("[data-action=booking_cancelled]"))).toContainText("Laura Restrepo");
});

test("the confirmation goes out again, a mail and a callback are looked at and sent again, money goes back in part", async ({
  page,
  context,
  stage,
  watch,
}) => {
  const { clinic, booking, path } = await bookedClinic(stage, { service: "onlineServiceId" });
  await signIn(context, stage, await openMerchant(stage, { tenantId: clinic.tenantId }));
  await page.goto(path);
  await page.getByTestId("resend").dblclick();
  await expect(page.getByText(words.actions.resent.replace("{email}", `customer@${clinic.link}.example`))).toBeVisible();
  const sent = async () =>
    (await stage.owner.query("select id from event where subject_id = $1 and kind = 'booking.mail_resent'", [booking.id])).rowCount;
  expect(await sent()).toBe(1);

  await page.getByTestId("show-deliveries").click();
  const mail = page.locator("[data-job=mail-customer-paid]").first();
  await mail.getByRole("button", { name: words.deliveries.show }).click();
  await expect(mail.frameLocator("iframe").getByText("Teleconsulta").first()).toBeVisible();
  const callback = page.locator("[data-job=deliver-callback]").first();
  await callback.locator("summary").click();
  await expect(callback).toContainText('"evento": "booking.paid"');
  await callback.getByRole("button", { name: words.deliveries.sendAgain }).click();
  await expect(page.getByText(words.deliveries.started)).toBeVisible();

  await page.getByTestId("actions").getByTestId("refund").click();
  await page.getByTestId("refund-form").getByLabel(words.cancel.amountField).fill("30.000");
  await page.getByTestId("refund-form").getByTestId("save").click();
  await expect(page.getByTestId("refund-case")).toContainText("30.000");
  await expect(page.getByTestId("status")).toHaveText(words.status.confirmed);

  const staff = await openMerchant(stage, { tenantId: clinic.tenantId, role: "staff", professionalId: clinic.professionalId });
  await leave(page);
  await signIn(context, stage, staff);
  await page.goto(path);
  await expect(page.getByTestId("customer")).toContainText(words.customer.phoneHidden);
  for (const hidden of ["cancel", "refund", "resend", "deliveries"]) await expect(page.getByTestId(hidden)).toHaveCount(0);
  await expect(page.getByTestId("enter-room")).toBeVisible();
  const other = await openMerchant(stage, { tenantId: clinic.tenantId, role: "staff", professionalId: clinic.otherProfessionalId });
  await leave(page);
  await signIn(context, stage, other);
  watch.expectRefused(/^GET \/dashboard\/bookings\/[0-9a-f-]+ 404$/);
  await page.goto(path);
  await expect(page.getByTestId("customer")).toHaveCount(0);
});

test("a booking's page can be used by everybody: phone and wide, light and dark, two languages", async ({ stage, openBrowser }) => {
  test.slow();
  const { clinic, path } = await bookedClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const prepare = async (page: Page) => {
    await page.getByTestId("show-deliveries").click();
    await expect(page.getByTestId("follow-up").first()).toBeVisible();
  };
  await expectGoodLooks({ stage, merchant, path, name: "booking", openBrowser, prepare });
});
