import type { Page } from "@playwright/test";
import { createLink } from "#commands/links/create-link.ts";
import { system as caller } from "#contracts/caller.ts";
import { newLink } from "#contracts/catalog.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { reachPaymentPage, slotStart } from "../support/customer.ts";
import { expect, test } from "./journey.ts";
import { keepPicture } from "./looks.ts";
import { chooseOffer, detailsOf } from "./wizard.ts";
import { wordsOf } from "./words.ts";

const words = wordsOf("es");

async function addLink(clinic: Clinic, name: string, changes: { isActive: boolean; expiresAt: string | null }): Promise<string> {
  const publicId = `${name}-${clinic.link}`;
  await createLink({ caller, input: { ...newLink.parse({ ...changes, publicId, name: "Web" }), tenantId: clinic.tenantId } });
  return publicId;
}

const wrongLinks = [
  { name: "unknown", words: words.problems.linkUnknown, make: async () => "nobody-knows-me" },
  {
    name: "inactive",
    words: words.problems.linkInactive,
    make: (clinic: Clinic) => addLink(clinic, "inactive", { isActive: false, expiresAt: null }),
  },
  {
    name: "expired",
    words: words.problems.linkExpired,
    make: (clinic: Clinic) => addLink(clinic, "expired", { isActive: true, expiresAt: "2026-01-01T00:00:00Z" }),
  },
];

for (const wrong of wrongLinks) {
  test(`a link that is ${wrong.name} gets a 404 in plain words on each page, without the merchant's name`, async ({
    page,
    stage,
    watch,
  }) => {
    watch.expectRefused(/^GET \/book\/.* 404$/);
    const clinic = await openClinic(stage);
    const link = await wrong.make(clinic);
    for (const path of ["", "/select", "/availability", "/details"]) {
      const answer = await page.goto(`/book/${link}${path}`);
      expect(answer?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(wrong.words.title);
      await expect(page.getByText(wrong.words.text)).toBeVisible();
      await expect(page).not.toHaveTitle(/Clínica/);
      expect(await page.content()).not.toContain("Clínica de prueba");
    }
  });
}

test("a booking's page without its token, or with another's, is a 404 that tells nothing", async ({ page, stage, watch }) => {
  watch.expectRefused(/^GET \/book\/.*\/confirm 404$/);
  const clinic = await openClinic(stage);
  const email = `customer@${clinic.link}.example`;
  const [mine, theirs] = await Promise.all([0, 4].map((n) => reachPaymentPage(stage, clinic, { start: slotStart(n), email })));
  if (!mine || !theirs) throw new Error("two bookings were made");
  for (const query of ["", "?token=", "?token=wrong", `?token=${theirs.token}`]) {
    const answer = await page.goto(`/book/${mine.id}/confirm${query}`);
    expect(answer?.status(), query).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.problems.bookingUnknown.title);
    const sent = (await answer?.text()) ?? "";
    for (const secret of [mine.token, email, "Ana María", "Clínica de prueba"]) expect(sent, query).not.toContain(secret);
  }
  for (const id of ["not-a-booking", "00000000-0000-4000-8000-000000000000"]) {
    expect((await page.goto(`/book/${id}/confirm?token=${mine.token}`))?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.problems.bookingUnknown.title);
  }
});

test("an address that does not exist is a 404 with a way home", async ({ page, watch }) => {
  watch.expectRefused(/ 404$/);
  for (const path of ["/nothing", "/book", "/book/demo/nothing", "/dashboard/x"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
  }
  await page.goto("/nothing");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.problems.notFound.title);
  await page.getByRole("link", { name: words.problems.home }).click();
  await expect(page).toHaveURL(/\/$/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a link or booking that cannot be shown says so all the same", async ({ page, watch }) => {
    watch.expectRefused(/ 404$/);
    for (const path of ["/book/nothing-here/select", "/book/nothing-here/details", "/book/nothing-here/confirm?token=wrong"]) {
      expect((await page.goto(path))?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
    }
  });

  test("the choice works, and every later page explains itself in plain words", async ({ page, stage }) => {
    const clinic = await openClinic(stage);
    await page.goto(`/book/${clinic.link}`);
    await chooseOffer(page, clinic);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.availability.title);
    await expectExplained(page);
    await keepPicture(page, "availability-without-scripts");
    await page.goto(detailsOf(clinic));
    await keepPicture(page, "details-without-scripts");
    await expectExplained(page);
    const { id, token } = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
    await page.goto(`/book/${id}/confirm?token=${token}`);
    await keepPicture(page, "confirming-without-scripts");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.confirm.confirming.title);
    await expectExplained(page, [words.noscript.bookingTitle, words.noscript.bookingText]);
  });
});

async function expectExplained(page: Page, text = [words.noscript.title, words.noscript.text]): Promise<void> {
  const explanation = page.locator("noscript p");
  await expect(explanation).toHaveText(text);
  for (const paragraph of await explanation.all()) await expect(paragraph).toBeVisible();
}
