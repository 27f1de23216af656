import { codeAt } from "#commands/accounts/one-time-codes.ts";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { expect, test } from "../journey.ts";
import { hydrated } from "../watch.ts";
import { saying, wordsOf } from "../words.ts";
import { leave } from "./member-pages.ts";
import { accountWords, addressOf, linkTo, password, signIn } from "./people.ts";

const words = accountWords("es");

test("register by the mail's link with four fields; what is wrong is told at its field, and the link works once", async ({
  page,
  stage,
  watch,
}) => {
  watch.expectRefused(/POST \/api\/auth\/verify-email 410/);
  const email = addressOf("ana");
  await page.goto("/");
  await page.getByRole("link", { name: wordsOf("es").landing.register }).click();
  await expect(page).toHaveURL(/\/register$/);
  await hydrated(page);
  await page.locator("[name=business]").fill("Clínica Ñandú");
  await page.locator("[name=email]").fill("ana@");
  await page.locator("[name=password]").fill("short");
  await page.getByTestId("register").click();
  await expect(page.locator("#email-problem")).toHaveText(words.problems.email);
  await expect(page.locator("#password-problem")).toHaveText(words.problems.too_short.replace("{min}", "10"));
  await expect(page.locator("[name=email]")).toBeFocused();
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await page.getByRole("button", { name: words.password.show }).click();
  await expect(page.locator("[name=password]")).toHaveAttribute("type", "text");
  await page.getByTestId("register").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.sent.title);

  const link = await linkTo(stage, email);
  await page.goto(link);
  await expect(page).toHaveURL(/\/verify$/);
  await page.getByTestId("confirm-link").click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByTestId("merchant-name")).toHaveText("Clínica Ñandú");

  await page.goto(link);
  await page.getByTestId("confirm-link").click();
  await expect(page.getByRole("link", { name: words.verify.again })).toBeVisible();
});

test("recovery: the page says the same for every address, and the link chooses another password", async ({ page, stage, watch }) => {
  watch.expectRefused(/POST \/api\/auth\/sign-in 401/);
  const { person } = await openMerchant(stage);
  await signIn(page, person.email, "not the password");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("no son correctos");
  await page.getByRole("link", { name: words.login.forgot }).click();
  for (const email of [addressOf("nobody"), person.email]) {
    await page.goto("/forgot");
    await page.locator("[name=email]").fill(email);
    await page.locator("[name=email]").press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.forgot.sentTitle);
  }
  await page.goto(await linkTo(stage, person.email));
  await page.locator("[name=password]").fill("another sentence of mine");
  await page.locator("[name=password]").press("Enter");
  await expect(page).toHaveURL(/\/login\?done=reset$/);
  await signIn(page, person.email, "another sentence of mine");
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("a tab of the merchant before shows none of the one that was chosen in another tab", async ({ page, context, stage }) => {
  const [first, second] = [await openMerchant(stage), await openMerchant(stage)];
  const { person } = first;
  await stage.owner.query("update tenant set name = 'Estudio Dos' where tenant_id = $1", [second.tenantId]);
  await stage.owner.query("insert into member (tenant_id, person_id, role, name, email) values ($1, $2, 'owner', 'Ana', $3)", [
    second.tenantId,
    person.id,
    person.email,
  ]);
  await context.addCookies([{ ...asCookie(first), url: stage.appUrl }]);
  await page.goto("/dashboard/services");
  await expect(page.getByTestId("merchant-name")).toHaveText("Clínica de prueba");
  const other = await context.newPage();
  await other.goto("/dashboard");
  await other.getByTestId("account-menu").click();
  await other.getByRole("menuitemradio", { name: "Estudio Dos" }).click();
  await expect(other.getByTestId("merchant-name")).toHaveText("Estudio Dos");
  await page.getByTestId("open-menu").click();
  await page.locator('[role=dialog] a[href="/dashboard/professionals"]').click();
  await expect(page).toHaveURL(/\/dashboard\/professionals$/);
  await expect(page.getByTestId("merchant-name")).toHaveText("Estudio Dos");
  await expect(page.locator(`[data-tenant="${second.tenantId}"]`)).toHaveCount(1);
});

test("two-step verification: switched on with the app's code, asked for at the next sign-in, and a kept code helps out", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/POST \/api\/auth\/sign-in\/code 401/);
  const merchant = await openMerchant(stage);
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  await page.goto("/dashboard/settings/security");
  await page.getByTestId("two-factor-begin").click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("[name=password]").fill(merchant.person.password);
  await dialog.locator("[name=password]").press("Enter");
  await expect(dialog.getByRole("img", { name: words.security.twoFactorPicture })).toBeVisible();
  const key = (await dialog.getByTestId("two-factor-key").textContent()) ?? "";
  await dialog.locator("[name=code]").fill(codeOf(key));
  await dialog.locator("[name=code]").press("Enter");
  await expect(dialog.getByTestId("recovery-codes")).toBeVisible();
  const codes = await dialog.getByTestId("recovery-codes").getByRole("listitem").allTextContents();
  expect(codes.length).toBeGreaterThan(5);
  await dialog.getByRole("button", { name: words.security.codesKept }).click();
  await expect(page.getByText(words.security.twoFactorOn)).toBeVisible();

  await page.getByTestId("account-menu").click();
  await page.getByTestId("sign-out").click();
  await expect(page).toHaveURL(/\/login$/);
  await signIn(page, merchant.person.email);
  // The next one, and kept: half a minute may end between two presses, and another code begin.
  const used = codeOf(key, 1);
  await page.locator("[name=code]").fill(used);
  await page.locator("[name=code]").press("Enter");
  await expect(page).toHaveURL(/\/dashboard$/);

  await leave(page);
  await signIn(page, merchant.person.email);
  await page.locator("[name=code]").fill(used);
  await page.locator("[name=code]").press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await page.getByRole("button", { name: words.code.useRecovery }).click();
  await page.locator("[name=code]").fill(codes[0] ?? "");
  await page.locator("[name=code]").press("Enter");
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("team: somebody is invited, joins with a password of their own, is promoted, and is removed", async ({
  page,
  context,
  stage,
  openBrowser,
  watch,
}) => {
  watch.expectRefused(/GET \/dashboard\/settings\/team 404/);
  const owner = await openMerchant(stage);
  await context.addCookies([{ ...asCookie(owner), url: stage.appUrl }]);
  const email = addressOf("luis");
  await page.goto("/dashboard/settings/team");
  await expect(page.getByRole("heading", { name: words.team.alone.title })).toBeVisible();
  await page.getByTestId("invite").click();
  await page.getByRole("dialog").locator("[name=email]").fill(email);
  await page.getByTestId("send-invitation").dblclick();
  await expect(page.getByTestId("invitation")).toHaveCount(1);

  const theirs = await (await openBrowser()).newPage();
  await theirs.goto(await linkTo(stage, email));
  await theirs.locator("[name=name]").fill("Luis Gómez");
  await theirs.locator("[name=password]").fill(password);
  await theirs.getByTestId("join").click();
  await expect(theirs).toHaveURL(/\/dashboard$/);
  await theirs.goto("/dashboard/settings/team");
  await expect(theirs.getByTestId("member")).toHaveCount(0);

  await page.reload();
  await expect(page.getByTestId("member")).toHaveCount(2);
  await page.getByRole("button", { name: saying("Más acciones de Luis Gómez") }).click();
  await page.getByRole("menuitem", { name: words.team.change }).click();
  await page.getByRole("dialog").locator("[name=role]").selectOption("admin");
  await page.getByTestId("save").click();
  await expect(page.getByTestId("member").filter({ hasText: "Luis" })).toContainText(words.roles.admin);
  await theirs.goto("/dashboard/settings/team");
  await expect(theirs.getByTestId("member")).toHaveCount(2);

  await page.getByRole("button", { name: saying("Más acciones de Luis Gómez") }).click();
  await page.getByRole("menuitem", { name: words.team.remove }).click();
  await page.getByRole("dialog").getByRole("button", { name: words.team.remove }).click();
  await expect(page.getByTestId("member")).toHaveCount(1);
  await theirs.goto("/dashboard/settings/team");
  await expect(theirs).toHaveURL(/\/login\?problem=tenant_missing$/);
  await expect(theirs.getByText(words.login.withoutMerchant)).toBeVisible();
});

/** What the authenticator shows for the key that the page shows. */
function codeOf(key: string, stepsFromNow = 0): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll("=", "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return codeAt(Buffer.from(bytes).toString("latin1"), Math.floor(Date.now() / 30_000) + stepsFromNow);
}
