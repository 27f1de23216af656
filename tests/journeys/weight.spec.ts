import type { Page } from "@playwright/test";
import { sections, settings } from "#app/dashboard/sections.ts";
import { demo, demoId } from "#db/demo.ts";
import { openClinic } from "../support/clinic.ts";
import { reachPaymentPage, slotStart } from "../support/customer.ts";
import { asCookie, openMerchant } from "../support/merchant.ts";
import { withoutBell } from "./dashboard/member-pages.ts";
import { expect, test } from "./journey.ts";
import { type Offer, takeSlot, timesOf } from "./wizard.ts";

const scriptBytesMax = 250_000;
const offer: Offer = { link: "demo", serviceId: demoId(13), professionalId: demoId(23) };

/** Bytes of scripts as they came over the wire. A page that is shown within a page, as a preview, is weighed for itself. */
async function countScriptBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type, frameId }) => {
    if (type === "Script" && frameId === frameTree.frame.id) scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

test("a booking page sends no more than 250 kB of compressed JavaScript", async ({ page }) => {
  await takeSlot(page, offer);
  const details = page.url();
  const bytesSoFar = await countScriptBytes(page);
  for (const address of ["/book/demo/select", timesOf(offer), details]) await expectLight(page, address, bytesSoFar);
});

async function expectLight(page: Page, address: string, bytesSoFar: () => number): Promise<void> {
  const before = bytesSoFar();
  await withoutBell(page);
  await page.goto(address, { waitUntil: "networkidle" });
  const bytes = bytesSoFar() - before;
  console.log(`   ${new URL(address, "http://127.0.0.1").pathname}: ${Math.round(bytes / 1000)} kB of JavaScript`);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes, address).toBeLessThan(scriptBytesMax);
}

/** Behind the menu, and the pages that a press there opens. */
const dashboardPages = [
  ...[...sections, ...settings].map(({ href }) => href),
  ...["services", "professionals", "links"].map((noun) => `/dashboard/${noun}/new`),
  "/dashboard/links/import",
  "/dashboard/bookings/new",
  "/dashboard/bookings/import",
  "/dashboard/customers/import",
  "/dashboard/money/payments",
  "/dashboard/money/days",
  `/dashboard/services/${demoId(11)}/edit`,
  `/dashboard/professionals/${demoId(21)}/edit`,
  `/dashboard/links/${demo.link.id}/edit`,
];

test("a page of a merchant sends no more than 250 kB of compressed JavaScript", async ({ page, stage }) => {
  test.slow();
  const owner = await openMerchant(stage, { tenantId: demo.tenantId });
  await page.context().addCookies([{ ...asCookie(owner), url: stage.appUrl }]);
  const bytesSoFar = await countScriptBytes(page);
  for (const address of ["/register", "/login", ...dashboardPages]) await expectLight(page, address, bytesSoFar);
});

test("a booking's page at the reception sends no more than 250 kB of compressed JavaScript", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const { id } = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await page.context().addCookies([{ ...asCookie(owner), url: stage.appUrl }]);
  await expectLight(page, `/dashboard/bookings/${id}`, await countScriptBytes(page));
});
