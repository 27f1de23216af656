import type { BrowserContext, Locator, Page } from "@playwright/test";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, state } from "../../support/customer.ts";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { expect, test } from "../journey.ts";
import type { Stage } from "../stage.ts";
import { saying } from "../words.ts";
import { professionalWords } from "./words.ts";

const words = professionalWords("es");
const list = "/dashboard/professionals";

async function signIn(context: BrowserContext, stage: Stage): Promise<Clinic> {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  await stage.owner.query("update professional set name = 'Bruno' where id = $1", [clinic.otherProfessionalId]);
  return clinic;
}

const editOf = ({ professionalId }: Clinic) => `${list}/${professionalId}/edit`;
const rows = (page: Page) => page.getByTestId("professionals").getByRole("heading");
const dateIn = (days: number) => new Date(Date.now() - 5 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const offered = async (stage: Stage, { link }: Clinic): Promise<string[]> => {
  const answer = (await (await fetch(`${stage.appUrl}/api/booking/${link}/options`)).json()) as { professionals: { name: string }[] };
  return answer.professionals.map(({ name }) => name);
};

/** Pixels left of a time field that shows "12:00 a. m.", as a phone in Bogotá does. This browser's clock has no such words. */
const spareRoom = (field: Locator): Promise<number> =>
  field.evaluate((input: HTMLInputElement) => {
    const style = getComputedStyle(input);
    const ruler = document.createElement("canvas").getContext("2d");
    if (!ruler) throw new Error("no canvas");
    ruler.font = style.font;
    const icon = getComputedStyle(input, "::-webkit-calendar-picker-indicator").display === "none" ? 0 : 22;
    const room = input.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight) - icon;
    return room - ruler.measureText("12:00 a. m.").width;
  });

async function archive(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Más acciones de ${name}` }).click();
  await page.getByRole("menuitem", { name: words.list.archive }).click();
}

test("the list shows the calendar, is ordered by buttons, and an archiving is undone", async ({ page, context, stage }) => {
  const clinic = await signIn(context, stage);
  await page.goto(list);
  await expect(page.getByTestId("calendar-pending")).toHaveCount(2);
  const [first = "", second = ""] = await rows(page).allTextContents();
  await page.getByRole("button", { name: words.list.down.replace("{name}", first) }).press("Enter");
  await expect(rows(page)).toHaveText([second, first]);
  await expect.poll(() => offered(stage, clinic)).toEqual([second, first]);

  await archive(page, second);
  await expect(rows(page)).toHaveText([first]);
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(rows(page)).toHaveText([second, first]);
  await archive(page, second);
  await expect(rows(page)).toHaveText([first]);
  await page.getByTestId("show-archived").click();
  await expect(rows(page)).toHaveText([second]);
  await page.getByRole("button", { name: words.list.restore }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect.poll(() => offered(stage, clinic)).toEqual([second, first]);
});

test("one form makes a professional whom customers can book; wrong hours are told where they are", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/professionals 422$/);
  const clinic = await signIn(context, stage);
  const name = "ד״ר נועה <script>alert(1)</script>";
  await page.goto(list);
  await page.getByTestId("new-professional").click();
  await page.getByLabel(words.details.name, { exact: true }).fill(name);
  await page.getByLabel(words.details.email).fill("nobody");
  const monday = page.getByTestId("day-1");
  const times = monday.locator("input[type=time]");
  await expect(times).toHaveCount(4);
  expect(await spareRoom(times.first()), "a phone with a clock of twelve hours shows whether it is morning").toBeGreaterThan(0);
  await times.nth(1).fill("15:00");
  await expect(monday.getByText(words.hours.problems.overlap)).toBeVisible();
  await page.getByTestId("save").click();
  await expect(page.getByText(words.hours.fix)).toBeVisible();
  await times.nth(1).fill("12:30");
  await expect(monday.getByText(words.hours.problems.overlap)).toHaveCount(0);
  // The last day of the week gets Monday's hours.
  await monday.getByTestId("copy-day").click();
  await monday.getByRole("checkbox", { name: words.hours.days.sun }).check();
  await monday.getByTestId("copy-hours").click();
  await expect(page.getByTestId("day-7").locator("input[type=time]").nth(1)).toHaveValue("12:30");
  await expect(page.getByTestId("day-6").locator("input[type=time]")).toHaveCount(0);
  await page.getByTestId("save").click();
  await expect(page.getByText(words.details.problems.email)).toBeVisible();
  await expect(page.getByLabel(words.details.name, { exact: true })).toHaveValue(name);
  await page.getByLabel(words.details.email).fill("noa@example.com");
  await page.getByTestId("save").dblclick();
  await expect(page).toHaveURL(new RegExp(`${list}$`));
  await expect(rows(page).last()).toHaveText(name);
  expect((await offered(stage, clinic)).filter((each) => each === name)).toHaveLength(1);
});

test("of two people who edit the same one, the second is told and loses nothing", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^PATCH \/api\/professionals\/.* 409$/);
  const clinic = await signIn(context, stage);
  const other = await context.newPage();
  for (const each of [page, other]) await each.goto(editOf(clinic));
  const nameOn = (each: Page) => each.getByLabel(words.details.name, { exact: true });
  const save = (each: Page) => each.getByTestId("details-form").getByTestId("save").click();
  await nameOn(page).fill("Laura Uno");
  await page.getByLabel(words.zone.label).selectOption("Europe/Paris");
  await expect(page.getByTestId("zone-warning")).toContainText("Europe/Paris");
  await save(page);
  await expect(page.getByText("Guardado", { exact: true })).toBeVisible();
  await nameOn(other).fill("Laura Dos");
  await save(other);
  await expect(other.getByText("Otra persona guardó cambios")).toBeVisible();
  await expect(nameOn(other)).toHaveValue("Laura Dos");
  // Both forms of the first page know what it has saved itself.
  await page.getByTestId("day-2").getByTestId("remove-range").click();
  await page.getByTestId("hours-form").getByTestId("save").click();
  await expect(page.getByText(words.hours.saved)).toBeVisible();
  await other.getByRole("button", { name: "Ver lo que cambió" }).click();
  await expect(nameOn(other)).toHaveValue("Laura Uno");
  await expect(other.getByTestId("day-2")).toContainText(words.hours.closed);
});

test("a day off lists the paid booking in its way and leaves it; it is taken back and undone", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/professionals\/.*\/exceptions 422$/);
  const clinic = await signIn(context, stage);
  const booking = await reachPaymentPage(stage, clinic, { start: `${dateIn(3)}T15:00:00.000Z` });
  await pay(stage, booking.checkoutUrl, "approve");
  await expect.poll(async () => (await state(stage, booking)).status).toBe("confirmed");
  await page.goto(editOf(clinic));
  await page.getByTestId("add-exception").click();
  const form = page.getByTestId("exception-form");
  await form.getByTestId("save-exception").click();
  await expect(form.getByText(words.exceptions.problems.from)).toBeVisible();
  await form.getByLabel(words.exceptions.from, { exact: true }).fill(dateIn(2));
  await form.getByLabel(words.exceptions.to, { exact: true }).fill(dateIn(4));
  await form.getByLabel(words.exceptions.note).fill("Congreso <b>");
  await form.getByTestId("save-exception").click();
  const dayOff = page.getByTestId("exception-closed");
  await expect(dayOff).toContainText("Congreso <b>");
  await expect(dayOff.getByTestId("in-the-way")).toContainText("1 cita pagada");
  await expect(dayOff.getByTestId("in-the-way")).toContainText("Consulta con Ana María Pérez");
  expect((await state(stage, booking)).status).toBe("confirmed");

  await page.getByTestId("add-exception").click();
  await form.getByRole("radio", { name: words.exceptions.extra }).check();
  await form.getByLabel(words.exceptions.from, { exact: true }).fill(dateIn(3));
  await form.getByTestId("save-exception").click();
  await expect(page.getByTestId("exception-extra")).toContainText(words.exceptions.covered);
  await dayOff.getByRole("button").click();
  await expect(dayOff).toHaveCount(0);
  await expect(page.getByTestId("exception-extra")).not.toContainText(words.exceptions.covered);
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(dayOff).toContainText("Congreso <b>");
});

test("the invitation is made, mailed and opened without an account; what is corrected there arrives, until it is withdrawn", async ({
  page,
  context,
  stage,
  openBrowser,
  watch,
}) => {
  watch.expectRefused(/^GET \/connect-calendar\/.* 404$/);
  const clinic = await signIn(context, stage);
  await page.goto(editOf(clinic));
  await page.getByTestId("make-invitation").click();
  const link = await page.getByTestId("invitation-link").inputValue();
  await page.getByTestId("mail-invitation").click();
  await expect(page.getByText(words.invitation.mailSent)).toBeVisible();
  const mailed = async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=professional@${clinic.link}.example`);
    return ((await answer.json()) as { mails: { text: string }[] }).mails;
  };
  await expect.poll(async () => (await mailed())[0]?.text).toContain(link);

  const theirs = await (await openBrowser()).newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(words.connect.title);
  await theirs.getByLabel(words.details.name, { exact: true }).fill("Laura Díaz");
  await theirs.getByTestId("day-7").getByTestId("remove-range").click();
  await theirs.getByTestId("save").click();
  await expect(theirs.getByTestId("confirmed")).toBeVisible();

  await page.reload();
  await expect(page.getByLabel(words.details.name, { exact: true })).toHaveValue("Laura Díaz");
  await expect(page.getByTestId("day-7")).toContainText(words.hours.closed);
  await expect(page.getByTestId("invitation")).toContainText(saying(words.invitation.confirmed));
  await page.getByTestId("revoke-invitation").click();
  await expect(page.getByTestId("invitation-link")).toHaveCount(0);
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(words.connect.over.title);
  await theirs.goto("/connect-calendar/AAAAAAAAAAAAAAAAAAAAAA");
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(words.connect.unknown.title);
  await expect(theirs).toHaveTitle(`${words.connect.title} · Konfirmado`);
});
