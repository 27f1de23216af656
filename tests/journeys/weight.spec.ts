import type { Page } from "@playwright/test";
import { demoId } from "#db/demo.ts";
import { expect, test } from "./journey.ts";
import { type Offer, takeSlot, timesOf } from "./wizard.ts";

const scriptBytesMax = 250_000;
const offer: Offer = { link: "demo", serviceId: demoId(13), professionalId: demoId(23) };

/** Bytes of scripts as they came over the wire. */
async function countScriptBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => void (type === "Script" && scripts.add(requestId)));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

test("a booking page sends no more than 250 kB of compressed JavaScript", async ({ page }) => {
  await takeSlot(page, offer);
  const details = page.url();
  const bytesSoFar = await countScriptBytes(page);
  for (const address of ["/book/demo/select", timesOf(offer), details]) {
    const before = bytesSoFar();
    await page.goto(address, { waitUntil: "networkidle" });
    const bytes = bytesSoFar() - before;
    console.log(`   ${new URL(address, "http://127.0.0.1").pathname}: ${Math.round(bytes / 1000)} kB of JavaScript`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(scriptBytesMax);
  }
});
