import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { addException } from "#commands/openings/add-exception.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { system as caller } from "#contracts/caller.ts";
import { weeklyHours } from "#contracts/catalog.ts";
import type messages from "#messages/calendar/es.json";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { keepPicture, seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const words = (JSON.parse(readFileSync(new URL("../../../messages/calendar/es.json", import.meta.url), "utf8")) as typeof messages)
  .calendar;

test.use({ viewport: wide.viewport });

/** Ten in the morning of the clinic's tomorrow, and half hours from there. */
const at = (halfHours: number) => slotStart(20 + halfHours);
const day = at(0).slice(0, 10);
const page = `/dashboard/calendar?day=${day}`;

async function openDesk(stage: Stage) {
  const clinic = await openClinic(stage);
  const { tenantId, professionalId, otherProfessionalId } = clinic;
  await stage.owner.query("update professional set name = 'Camila Torres' where id = $1", [otherProfessionalId]);
  // Customers stay on their page.
  await stage.owner.query("update tenant set return_url = null where tenant_id = $1", [tenantId]);
  const hours = weeklyHours.parse([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "08:00", endsAt: "18:00" })));
  for (const id of [professionalId, otherProfessionalId]) await setWeeklyHours({ caller, input: { tenantId, professionalId: id, hours } });
  return { clinic, merchant: await openMerchant(stage, { tenantId }) };
}

async function paidAt(stage: Stage, clinic: Clinic, start: string): Promise<{ id: string; token: string }> {
  const booking = await reachPaymentPage(stage, clinic, { start });
  await pay(stage, booking.checkoutUrl, "approve");
  await expect(async () => {
    const { rows } = await stage.owner.query<{ status: string }>("select status from checkout where id = $1", [booking.id]);
    expect(rows[0]?.status).toBe("confirmed");
  }).toPass();
  return booking;
}

/** The columns come with the scripts; the list of a phone is there at once. */
const drawn = (desk: Page) => expect(desk.locator("[data-testid=column]:visible, [data-testid=agenda]:visible").first()).toBeVisible();
const entryIn = (desk: Page, column: string, id: string) => desk.locator(`[data-key="${column}"] [data-testid=entry][data-id="${id}"]`);

async function standsAt(stage: Stage, id: string, place: { professionalId: string; start: string }): Promise<void> {
  const { rows } = await stage.owner.query<{ professional_id: string; starts_at: Date }>(
    "select professional_id, starts_at from booking where id = $1",
    [id],
  );
  expect({ professionalId: rows[0]?.professional_id, start: rows[0]?.starts_at.toISOString() }).toEqual(place);
}

test("an appointment is handed over by the dialog, dragged to another hour and back by undo; lunch is blocked in two taps", async ({
  page: desk,
  stage,
  openBrowser,
}) => {
  const { clinic, merchant } = await openDesk(stage);
  const { professionalId: laura, otherProfessionalId: camila } = clinic;
  const { id, token } = await paidAt(stage, clinic, at(0));
  await signIn(desk.context(), stage, merchant);
  const customer = await (await openBrowser(phone)).newPage();
  await customer.goto(`/book/${id}/confirm?token=${token}`);
  await expect(customer.getByTestId("calendar")).toBeVisible();
  await expect(customer.getByText("Camila Torres")).toHaveCount(0);
  await desk.goto(page);
  await keepPicture(desk, "calendar-day");

  // By keyboard alone: the entry opens, and Escape gives the focus back.
  await entryIn(desk, laura, id).focus();
  await expect(async () => {
    await desk.keyboard.press("Enter");
    await expect(desk.getByTestId("entry-panel")).toBeVisible({ timeout: 2000 });
  }).toPass();
  await desk.getByTestId("move").click();
  const form = desk.getByTestId("move-form");
  await form.getByLabel(words.move.professional).selectOption(camila);
  await form.locator(`[data-testid=free-time][data-start="${at(2)}"]`).click();
  await expect(desk.getByTestId("new-place")).toContainText("Camila Torres");
  expect(await seriousFindings(desk)).toEqual([]);
  await keepPicture(desk, "calendar-move");
  await desk.getByTestId("confirm-move").click();
  await expect(entryIn(desk, camila, id)).toBeVisible();
  await standsAt(stage, id, { professionalId: camila, start: at(2) });
  await customer.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(customer.getByText("Camila Torres").first()).toBeVisible();

  // An hour and a half down, back to Laura.
  const from = await entryIn(desk, camila, id).boundingBox();
  const target = await desk.locator(`[data-key="${laura}"] [data-column]`).boundingBox();
  if (!from || !target) throw new Error("the calendar shows no entry");
  await desk.mouse.move(from.x + 20, from.y + 10);
  await desk.mouse.down();
  await desk.mouse.move(target.x + 40, from.y + 10 + 90 * 1.6, { steps: 8 });
  await desk.mouse.up();
  await expect(desk.getByTestId("new-place")).toContainText("Laura");
  await desk.getByTestId("confirm-move").click();
  await expect(entryIn(desk, laura, id)).toBeVisible();
  await standsAt(stage, id, { professionalId: laura, start: at(5) });
  // The newest is in front.
  await desk.getByRole("button", { name: "Deshacer" }).first().click();
  await expect(entryIn(desk, camila, id)).toBeVisible();
  await standsAt(stage, id, { professionalId: camila, start: at(2) });

  const column = desk.locator(`[data-key="${laura}"] [data-column]`);
  await column.click({ position: { x: 60, y: 100 } });
  await desk.getByTestId("block-60").click();
  await expect(column.getByTestId("absence")).toBeVisible();
  await keepPicture(desk, "calendar-blocked");
  await column.getByTestId("absence").click();
  await desk.getByTestId("remove-block").click();
  await expect(column.getByTestId("absence")).toHaveCount(0);
});

test("day and week are good to look at, on a phone too, where one professional's list opens the same dialogs", async ({
  stage,
  openBrowser,
}) => {
  const { clinic, merchant } = await openDesk(stage);
  const { id } = await paidAt(stage, clinic, at(0));
  await reachPaymentPage(stage, clinic, { start: at(4) });
  const exception = { kind: "closed", from: day, to: day, note: "Vacaciones" } as const;
  await addException({ caller, input: { tenantId: clinic.tenantId, professionalId: clinic.otherProfessionalId, exception } });
  for (const [name, path] of [
    ["calendar", page],
    ["calendar-week", `${page}&view=week`],
  ] as const)
    await expectGoodLooks({ stage, merchant, path, name, openBrowser, prepare: drawn });
  const context = await openBrowser(phone);
  await signIn(context, stage, merchant);
  const small = await context.newPage();
  await small.goto(`${page}&professional=${clinic.professionalId}`);
  await expect(async () => {
    await small.locator(`[data-testid=agenda-entry][data-id="${id}"]`).click();
    await expect(small.getByTestId("entry-panel")).toBeVisible({ timeout: 2000 });
  }).toPass();
  await small.getByTestId("move").click();
  await expect(small.getByTestId("free-time").first()).toBeVisible();
  await keepPicture(small, "calendar-move-phone");
});
