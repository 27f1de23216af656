import type { CDPSession, Page } from "@playwright/test";
import { demoId } from "../../db/demo.ts";
import { expect, test } from "./journey.ts";
import { type Offer, takeSlot, timesOf } from "./wizard.ts";

const scriptBytesMax = 250_000;
const offer: Offer = { link: "demo", serviceId: demoId(13), professionalId: demoId(23) };

/** Bytes of scripts as they came over the wire, for a first visit. */
async function scriptBytes(page: Page, session: CDPSession, address: string): Promise<number> {
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => void (type === "Script" && scripts.add(requestId)));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  session.removeAllListeners();
  return bytes;
}

test("a booking page sends no more than 250 kB of compressed JavaScript", async ({ page }) => {
  await takeSlot(page, offer);
  const details = page.url();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  for (const address of ["/book/demo/select", timesOf(offer), details]) {
    const bytes = await scriptBytes(page, session, address);
    console.log(`   ${new URL(address, "http://127.0.0.1").pathname}: ${Math.round(bytes / 1000)} kB of JavaScript`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(scriptBytesMax);
  }
});
