import type { Page } from "@playwright/test";
import bookingMessages from "#messages/booking/es.json" with { type: "json" };
import noticeMessages from "#messages/notices/es.json" with { type: "json" };
import todayMessages from "#messages/today/es.json" with { type: "json" };
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { type Merchant, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { keepPicture, seriousFindings, sidewaysPixels } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { notices: words } = noticeMessages;
const { today } = todayMessages;
const { attendance } = bookingMessages.booking;

test.use(wide);

async function openDay(stage: Stage): Promise<{ clinic: Clinic; owner: Merchant }> {
  const clinic = await openClinic(stage);
  return { clinic, owner: await openMerchant(stage, { tenantId: clinic.tenantId }) };
}

/** A customer pays, far from any browser of the merchant's. */
async function customerPays(stage: Stage, clinic: Clinic, n: number): Promise<string> {
  const { id, checkoutUrl } = await reachPaymentPage(stage, clinic, { start: slotStart(n) });
  await pay(stage, checkoutUrl, "approve");
  return id;
}

async function statusOf(stage: Stage, id: string): Promise<string> {
  return (await stage.owner.query("select status from checkout where id = $1", [id])).rows[0]?.status;
}

/** The appointment is in an hour's reach of now, so that it is today and not over. */
async function itIsNow(stage: Stage, id: string): Promise<void> {
  await stage.owner.query("select 1 from booking where id = $1 for update", [id]);
  const by = "(date_trunc('minute', now()) - interval '5 minutes' - b.starts_at)";
  await stage.owner.query(
    `with moved as (
       update booking b set starts_at = b.starts_at + ${by}, ends_at = b.ends_at + ${by},
         during = tstzrange(lower(b.during) + ${by}, upper(b.during) + ${by}) where b.id = $1 returning *
     )
     update slot_claim c set starts_at = m.starts_at, ends_at = m.ends_at, during = m.during from moved m where c.checkout_id = m.id`,
    [id],
  );
}

const bell = (page: Page) => page.getByTestId("bell");

test("a customer pays, the bell rings in every tab, the title counts, and reading makes it quiet", async ({ page, context, stage }) => {
  const { clinic, owner } = await openDay(stage);
  await signIn(context, stage, owner);
  const second = await context.newPage();
  await second.goto("/dashboard/settings/security");
  await page.goto("/dashboard/bookings");
  await expect(bell(page)).toHaveAttribute("data-unread", "0");
  const id = await customerPays(stage, clinic, 0);
  for (const tab of [page, second]) {
    await expect(bell(tab)).toHaveAttribute("data-unread", "1");
    await expect(tab).toHaveTitle(/^\(1\) /);
  }
  await bell(page).click();
  const notice = page.getByTestId("notices").locator("li");
  await expect(notice).toHaveCount(1);
  await keepPicture(page, "bell");
  expect(await seriousFindings(page)).toEqual([]);
  // Seen, though not read: the title is quiet, here and in the other tab.
  for (const tab of [page, second]) await expect(tab).not.toHaveTitle(/^\(/);
  await expect(bell(page)).toHaveAttribute("data-unread", "1");
  await notice.getByRole("button", { name: words.read }).click();
  for (const tab of [page, second]) await expect(bell(tab)).toHaveAttribute("data-unread", "0");
  await notice.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/dashboard/bookings/${id}$`));
  await second.close();
});

test("the day shows a booking when it is paid; who came is one press, and taken back with another", async ({ page, context, stage }) => {
  const { clinic, owner } = await openDay(stage);
  await signIn(context, stage, owner);
  const first = await customerPays(stage, clinic, 1);
  await expect.poll(() => statusOf(stage, first)).toBe("confirmed");
  await itIsNow(stage, first);
  await page.goto("/dashboard");
  const rows = page.getByTestId("today").locator("li");
  await expect(rows).toHaveCount(1);
  await expect(page.getByTestId("today-since")).toContainText("1");
  const came = rows.first().getByRole("button", { name: attendance.arrived });
  await came.click();
  await expect(came).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(came).toHaveAttribute("aria-pressed", "false");
  // By keyboard: to the next appointment, and to the search. The press shows at once, but who is next comes with the day's data.
  await expect(async () => {
    await page.locator("main h1").focus();
    await page.keyboard.press("n");
    await expect(rows.first().getByRole("link")).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: today.search })).toBeFocused();
  // Without a reload.
  await customerPays(stage, clinic, 2);
  await expect(page.getByTestId("today-since")).toContainText("2");
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize(phone.viewport);
  expect(await sidewaysPixels(page)).toBe(0);
});

test("a member chooses their mails, and the link in one stops them without a sign-in", async ({ page, context, stage, openBrowser }) => {
  const { clinic, owner } = await openDay(stage);
  await signIn(context, stage, owner);
  await page.goto("/dashboard/settings/notices");
  await page.getByRole("checkbox", { name: words.mailKind.new_booking }).check();
  await page.getByTestId("save").click();
  await expect(page.getByText(words.mails.saved)).toBeVisible();
  await customerPays(stage, clinic, 3);
  const address = encodeURIComponent(owner.person.email);
  await expect(async () => {
    const { mails } = (await (await fetch(`${stage.simulatorsUrl}/mail/state?to=${address}`)).json()) as { mails: { text: string }[] };
    const link = /https?:\/\/\S+\/api\/notice-mails\/[\w.-]+/.exec(mails[0]?.text ?? "")?.[0] ?? "";
    expect(link).not.toBe("");
    const stranger = await (await openBrowser(phone)).newPage();
    await stranger.goto(link);
    await expect(stranger.getByTestId("unsubscribe")).toHaveAttribute("data-state", "wanted");
    expect(await seriousFindings(stranger)).toEqual([]);
    await stranger.getByRole("button", { name: words.unsubscribe.stop }).click();
    await expect(stranger.getByTestId("unsubscribe")).toHaveAttribute("data-state", "stopped");
  }).toPass();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: words.mailKind.new_booking })).not.toBeChecked();
});

test("the day and the choice of mails are for everybody: phone and wide, light and dark, in two languages", async ({
  stage,
  openBrowser,
}) => {
  test.slow();
  const { clinic, owner } = await openDay(stage);
  await itIsNow(stage, await customerPays(stage, clinic, 4));
  await expectGoodLooks({ stage, merchant: owner, path: "/dashboard", name: "today", openBrowser });
  await expectGoodLooks({ stage, merchant: owner, path: "/dashboard/settings/notices", name: "notice-mails", openBrowser });
});
