import { once } from "node:events";
import { createConnection } from "node:net";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { addressFor, isFromProxy } from "#http/proxies.ts";
import { parseEnv, resetEnv } from "#platform/env.ts";
import { type Front, speak, startFront } from "./front.ts";

const places = {
  NODE_ENV: "test",
  DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
  APP_URL: "https://citas.example.com",
  ENCRYPTION_KEYS: `k1:${"ab".repeat(32)}`,
  APP_SECRET: "0".repeat(32),
  JWT_SECRET: "1".repeat(32),
  CRON_SECRET: "the-cron-secret-of-this-test",
  SMTP_URL: "smtp://127.0.0.1:1",
};
function trust(proxies: string): void {
  Object.assign(process.env, places, { TRUST_PROXY: proxies, RATE_LIMIT_CHANGES: "1" });
  resetEnv();
}
beforeAll(() => trust("off"));

const [customer, liar, cdn, proxy] = ["203.0.113.9", "192.0.2.66", "198.51.100.7", "10.0.0.5"];
const passed = (...addresses: string[]) => addresses.join(", ");

test.each([
  { trusted: "off", peer: customer, header: liar, counted: customer },
  { trusted: "on", peer: proxy, header: passed(liar, customer), counted: customer },
  { trusted: "1", peer: proxy, header: passed(liar, customer), counted: customer },
  { trusted: "2", peer: proxy, header: passed(liar, customer, cdn), counted: customer },
  { trusted: "2", peer: proxy, header: customer, counted: customer },
  { trusted: "3", peer: proxy, header: passed(customer, "nonsense", cdn), counted: cdn },
  { trusted: "on", peer: proxy, header: "nonsense", counted: proxy },
  { trusted: "on", peer: proxy, header: undefined, counted: proxy },
  { trusted: "10.0.0.0/8, 198.51.100.0/24", peer: proxy, header: passed(liar, customer, cdn), counted: customer },
  { trusted: "10.0.0.0/8,198.51.100.0/24", peer: `::ffff:${proxy}`, header: passed(liar, customer, `${cdn}:4711`), counted: customer },
  { trusted: "10.0.0.0/8,198.51.100.0/24", peer: customer, header: liar, counted: customer },
  { trusted: "10.0.0.0/8,198.51.100.0/24", peer: proxy, header: passed(liar, customer), counted: customer },
  { trusted: "10.0.0.5", peer: proxy, header: passed(customer, "10.0.0.6"), counted: "10.0.0.6" },
  { trusted: "fd00::/8", peer: "fd00::1", header: "2001:db8:1:2:3:4:5:6", counted: "2001:db8:1:2::/64" },
])("TRUST_PROXY=$trusted: $peer that passes on $header is counted as $counted", ({ trusted, peer, header, counted }) => {
  trust(trusted);
  expect(addressFor(peer, header)).toBe(counted);
});

test("what a peer says about https, request ids and traces counts only if it is a proxy", () => {
  trust("10.0.0.0/8");
  expect([proxy, customer, undefined].map(isFromProxy)).toEqual([true, false, false]);
  trust("2");
  expect([proxy, customer].map(isFromProxy)).toEqual([true, true]);
  trust("off");
  expect(isFromProxy(proxy)).toBe(false);
});

test.each([
  "yes",
  "0",
  "17",
  "1.5",
  "-1",
  "10.0.0.0/33",
  "10.0.0.0/8/8",
  "10.0.0.0/8,",
  "0.0.0.0/0",
  "cdn.example",
  "fd00::/129",
  "10.0.0.0/x",
])("TRUST_PROXY=%s is refused at the start, in a sentence that says what it may be", (proxies) => {
  expect(() => parseEnv({ ...places, TRUST_PROXY: proxies })).toThrow(
    "TRUST_PROXY is not usable: must be off, on, a number of proxies from 1 to 16, or a list of networks like 10.0.0.0/8,fd00::/8.",
  );
});

describe("in front of the server", () => {
  let front: Front;
  afterEach(() => front.stop());

  test("a CDN's customers are counted one by one, though all come through the same two proxies", async () => {
    trust("2");
    front = await startFront();
    const hold = async (address: string) =>
      (await fetch(`${front.url}/api/holds`, { method: "POST", headers: { "x-forwarded-for": passed(address, cdn) }, body: "{}" })).status;
    expect([await hold("203.0.113.1"), await hold("203.0.113.1"), await hold("203.0.113.2")]).toEqual([415, 429, 415]);
  });

  test("a connection stays open longer than a balancer keeps it, however soon headers must arrive", async () => {
    trust("on");
    front = await startFront({ limits: { headersMsMax: 100, requestMsMax: 200, checkEveryMs: 20 } });
    const { answer, ended, ask } = keepAlive(front.port);
    await ask();
    expect(answer()).toMatch(/^keep-alive: timeout=75\r$/im);
    // A sender that began after the idle connection's last answer is already too slow.
    const slow = await speak(front.port, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    expect(slow.answer).toContain("408");
    await ask();
    expect(answer().match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(ended()).toBe(false);
  });
});

/** One connection that asks again and again. */
function keepAlive(port: number) {
  const socket = createConnection({ host: "127.0.0.1", port });
  let text = "";
  let isEnded = false;
  socket.on("close", () => {
    isEnded = true;
  });
  socket.on("error", () => {});
  return {
    answer: () => text,
    ended: () => isEnded,
    async ask() {
      socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      text += String((await once(socket, "data"))[0]);
    },
  };
}
