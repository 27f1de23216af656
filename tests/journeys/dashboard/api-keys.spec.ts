import type { Page } from "@playwright/test";
import messages from "#messages/keys/es.json" with { type: "json" };
import { openMerchant } from "../../support/merchant.ts";
import { expect, test } from "../journey.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { keys: words } = messages;
const path = "/dashboard/settings/api-keys";

test("the owner makes a key that is shown once, a program uses it, and revoked it opens nothing", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/api-keys 422$/);
  await signIn(context, stage, await openMerchant(stage));
  await page.goto(path);
  await page.getByRole("button", { name: words.create }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(words.name).fill("Página web");
  await dialog.getByTestId("save").click();
  await expect(dialog).toContainText(words.noPermission);
  await expect(dialog.getByLabel(words.name)).toHaveValue("Página web");
  await dialog.getByLabel(`${words.area.services}: ${words.verb.read}`).check();
  await dialog.getByTestId("save").dblclick();
  const key = (await dialog.getByTestId("new-key").textContent()) ?? "";
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: words.made.done }).click();
  await expect(page.getByTestId("api-key")).toHaveCount(1);
  expect(await page.content()).not.toContain(key);

  const use = async () => (await fetch(`${stage.appUrl}/api/services`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await use()).toBe(200);
  await page.reload();
  await expect(page.getByTestId("api-key")).not.toContainText(words.neverUsed);
  await page.getByRole("button", { name: words.revokeName.replace("{name}", "Página web") }).click();
  await page.getByRole("dialog").getByRole("button", { name: words.revoke }).click();
  await expect(page.getByTestId("api-key")).toContainText(words.revoked.split("{")[0] ?? "");
  expect(await use()).toBe(401);
});

test("the page can be used by everybody: phone and wide, light and dark, two languages", async ({ stage, openBrowser }) => {
  test.slow();
  const merchant = await openMerchant(stage);
  await expectGoodLooks({ stage, merchant, path, name: "api-keys-empty", openBrowser });
  await stage.owner.query(
    "insert into api_key (tenant_id, name, shown, hash, permissions, created_by, revoked_at) select $1, 'Clave ' || n, 'kf_abcde', md5(n::text), '{services.read,links.change}', $2, case when n > 1 then now() end from generate_series(1, 2) n",
    [merchant.tenantId, merchant.memberId],
  );
  const prepare = async (page: Page) => {
    await page.getByRole("main").getByRole("button").first().click();
    await page.getByRole("dialog").waitFor();
  };
  await expectGoodLooks({ stage, merchant, path, name: "api-keys", openBrowser, prepare });
});
