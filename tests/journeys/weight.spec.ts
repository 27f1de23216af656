import { get } from "node:http";
import type { Page } from "@playwright/test";
import { sections, settings, shopSections } from "#app/dashboard/sections.ts";
import { demo, demoId } from "#db/demo.ts";
import { openClinic } from "../support/clinic.ts";
import { reachPaymentPage, slotStart } from "../support/customer.ts";
import { asCookie, openMerchant } from "../support/merchant.ts";
import { withoutBell } from "./dashboard/member-pages.ts";
import { expect, test } from "./journey.ts";
import { addToCart } from "./shop/shopping.ts";
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

test("a page of a shop sends no more than 250 kB of compressed JavaScript", async ({ page }) => {
  await addToCart(page, { slug: "aurora", productId: demoId(109) });
  const bytesSoFar = await countScriptBytes(page);
  const pages = ["", `/products/${demoId(101)}`, "/cart", "/checkout"];
  for (const address of pages) await expectLight(page, `/shop/aurora${address}`, bytesSoFar);
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
  ...[...sections, ...shopSections, ...settings].map(({ href }) => href),
  ...["services", "professionals", "links", "products"].map((noun) => `/dashboard/${noun}/new`),
  "/dashboard/links/import",
  "/dashboard/bookings/new",
  "/dashboard/bookings/import",
  "/dashboard/customers/import",
  "/dashboard/products/import",
  `/dashboard/products/${demoId(101)}`,
  "/dashboard/money/payments",
  "/dashboard/money/days",
  `/dashboard/services/${demoId(11)}/edit`,
  `/dashboard/professionals/${demoId(21)}/edit`,
  `/dashboard/links/${demo.link.id}/edit`,
];

const merchantPages = ["/register", "/login", ...dashboardPages];

/** What the page's own HTML names, as it comes over the wire; a night weighs what a browser fetches in the end. */
async function namedScriptBytes(address: string, headers: Record<string, string>, known: Map<string, number>): Promise<number> {
  const page = await fetch(address, { headers });
  expect(page.status, address).toBe(200);
  const tags = [...(await page.text()).matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)];
  // What is for browsers without modules is fetched by none that we serve.
  const names = new Set(tags.filter(([tag]) => !/\bnomodule\b/i.test(tag)).map(([, name]) => name ?? ""));
  let bytes = 0;
  for (const name of names) {
    const size = known.get(name) ?? (await wireBytes(new URL(name, address)));
    known.set(name, size);
    bytes += size;
  }
  return bytes;
}

function wireBytes(address: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { "accept-encoding": "gzip, br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}

test("a page of a merchant names no more than 250 kB of compressed JavaScript", async ({ stage }) => {
  const owner = await openMerchant(stage, { tenantId: demo.tenantId });
  const known = new Map<string, number>();
  for (const path of merchantPages) {
    const bytes = await namedScriptBytes(stage.appUrl + path, { cookie: owner.cookie, accept: "text/html" }, known);
    console.log(`   ${path}: ${Math.round(bytes / 1000)} kB of JavaScript`);
    expect(bytes, path).toBeGreaterThan(10_000);
    expect(bytes, path).toBeLessThan(scriptBytesMax);
  }
});

test("a browser fetches no more than 250 kB of compressed JavaScript for a page of a merchant", async ({ page, stage }) => {
  test.skip(process.env["MATRIX"] !== "full", "a night's");
  test.slow();
  const owner = await openMerchant(stage, { tenantId: demo.tenantId });
  await page.context().addCookies([{ ...asCookie(owner), url: stage.appUrl }]);
  const bytesSoFar = await countScriptBytes(page);
  for (const address of merchantPages) await expectLight(page, address, bytesSoFar);
});

test("a booking's page at the reception sends no more than 250 kB of compressed JavaScript", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const { id } = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await page.context().addCookies([{ ...asCookie(owner), url: stage.appUrl }]);
  await expectLight(page, `/dashboard/bookings/${id}`, await countScriptBytes(page));
});
