import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { sha256Hex } from "#platform/ids.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { wompiKeys } from "../support/payers/wompi-keys.ts";
import { prepareStage } from "../support/stage.ts";

/** `npm run nightly` has the full flood. */
const junkCount = Number(process.env["JUNK_WEBHOOKS"] ?? 800);

const stage = prepareStage({ settings: { RATE_LIMIT_CHANGES: "10" } });
let clinic: Clinic;
beforeAll(async () => {
  // 30 forged deliveries a minute and address, as in production.
  clinic = await stage.openClinic({ callback: false });
});

let addresses = 0;
const newAddress = () => `198.18.${addresses++ % 250}.${Math.floor(addresses / 250)}`;

type Delivery = { address?: string; path?: string; body: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> };
async function deliver({ address = newAddress(), path = clinic.connectionId, body, headers = {} }: Delivery) {
  const answer = await fetch(`${stage.appUrl}/api/webhooks/wompi${path && `/${path}`}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address, ...headers },
    body,
  });
  const text = await answer.text();
  return {
    status: answer.status,
    code: text.startsWith("{") ? (JSON.parse(text) as { code?: string }).code : undefined,
    retryAfter: answer.headers.get("retry-after"),
  };
}

function signed(secret: string, changes: Record<string, unknown> = {}): string {
  const transaction = { id: `tx-${Math.random()}`, status: "APPROVED", amount_in_cents: 10_000_000, reference: "KF-NOBODY", ...changes };
  const timestamp = Math.floor(Date.now() / 1000);
  const properties = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];
  const checksum = sha256Hex(`${transaction.id}${transaction.status}${transaction.amount_in_cents}${timestamp}${secret}`);
  return JSON.stringify({
    event: "transaction.updated",
    data: { transaction },
    environment: "test",
    signature: { checksum, properties },
    timestamp,
  });
}
const stored = async () => Number((await stage.owner.query("select count(*) from inbox_event")).rows[0].count);

test.each([
  ["forged", { body: signed("a guess") }, 401, "unauthorized"],
  ["signed for another connection's secret", { body: signed("test_events_other") }, 401, "unauthorized"],
  ["for a connection that is none", { path: "' or 1=1 --", body: signed("a guess") }, 401, "unauthorized"],
  ["for a connection that does not exist", { path: "01900000-0000-7000-8000-00000000dead", body: signed("a guess") }, 401, "unauthorized"],
  ["of 1 MB", { body: `"${"a".repeat(1_000_000)}"` }, 413, "body_too_large"],
  ["100 000 levels deep", { body: "[".repeat(100_000) }, 401, "unauthorized"],
  [
    "deep in the right shape",
    { body: signed("a guess", { deep: JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`) }) },
    401,
    "unauthorized",
  ],
  ["not JSON", { body: "<xml/>", headers: { "content-type": "application/xml" } }, 401, "unauthorized"],
  ["JSON of the wrong type", { body: "[1,2,3]" }, 401, "unauthorized"],
  ["empty", { body: "" }, 401, "unauthorized"],
  ["not UTF-8", { body: Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]) }, 401, "unauthorized"],
  [
    "a gzip bomb",
    { body: new Uint8Array(gzipSync(Buffer.alloc(50_000_000))), headers: { "content-encoding": "gzip" } },
    415,
    "unsupported_media_type",
  ],
  ["with __proto__", { body: '{"__proto__":{"event":"transaction.updated"},"event":1}' }, 401, "unauthorized"],
])("%s: refused, and nothing is stored", async (_what, delivery: Delivery, status, code) => {
  const storedBefore = await stored();
  const before = process.memoryUsage.rss();
  expect(await deliver(delivery)).toMatchObject({ status, code });
  // A gzip bomb that was inflated would leave 50 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(45_000_000);
  expect(await stored()).toBe(storedBefore);
});

test("a body larger than it says is cut off while it comes", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      if (sent > 50_000_000) controller.close();
      else controller.enqueue(new Uint8Array(65_536));
    },
  });
  const init = { method: "POST", body: endless, duplex: "half", headers: { "x-forwarded-for": newAddress() } };
  const status = await fetch(`${stage.appUrl}/api/webhooks/wompi/${clinic.connectionId}`, init).then(
    (answer) => answer.status,
    () => "cut",
  );
  expect([413, "cut"]).toContain(status);
  expect(sent).toBeLessThan(20_000_000);
});

test("an address that only forges is turned away after 30 in a minute; others are not", async () => {
  const forger = newAddress();
  const answers = [];
  for (let n = 0; n < 40; n += 1) answers.push(await deliver({ address: forger, body: signed("a guess") }));
  expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(401));
  expect(answers.slice(30)).toEqual(Array(10).fill({ status: 429, code: "rate_limited", retryAfter: expect.stringMatching(/^\d+$/) }));
  expect((await deliver({ body: signed("a guess") })).status).toBe(401);
});

test("an address that delivers genuine events is never locked out by them, nor by a merchant with a wrong secret", async () => {
  const provider = newAddress();
  const genuine = () => deliver({ address: provider, body: signed(wompiKeys(clinic.account).eventsSecret, { status: "PENDING" }) });
  for (let n = 0; n < 100; n += 1) expect((await genuine()).status).toBe(200);
  for (let n = 0; n < 100; n += 1)
    expect((await deliver({ address: provider, body: signed("the merchant's typing error") })).status).toBe(401);
  expect((await genuine()).status).toBe(200);
});

test(
  `${junkCount} junk webhooks from 20 addresses leave nothing behind, and a payment meanwhile is settled by its webhook`,
  async () => {
    const before = await stored();
    const heapBefore = heapInUse();
    const forgers = Array.from({ length: 20 }, newAddress);
    const paths = ["", clinic.connectionId, "01900000-0000-7000-8000-00000000dead"];
    const junk = (n: number) =>
      deliver({ address: forgers[n % 20] ?? "", path: paths[n % 3] ?? "", body: n % 10 === 0 ? "[".repeat(50_000) : signed(`guess ${n}`) });
    const counts = new Map<number, number>();
    let next = 0;
    const flood = Array.from({ length: 8 }, async () => {
      while (next < junkCount) {
        const n = next++;
        // A client asks again if the server has closed the idle connection under its question.
        const { status } = await junk(n).catch(() => junk(n));
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
    });
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve");
    await eventually(async () => {
      const { rows } = await stage.owner.query("select status from checkout where id = $1", [booking.id]);
      expect(rows[0].status).toMatch(/paid|confirmed/);
    });
    await Promise.all(flood);
    expect([...counts.keys()].toSorted()).toEqual([401, 429]);
    expect(await stored()).toBe(before + 1);
    expect(heapInUse() - heapBefore).toBeLessThan(40_000_000);
  },
  Math.max(60_000, junkCount * 20),
);

/** In bytes, after everything that nobody needs was collected: when V8 does that by itself is its own affair. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
