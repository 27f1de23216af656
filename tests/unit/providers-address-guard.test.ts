import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { checkCallbackAddress, isPublicAddress, type Resolve } from "#providers/callbacks/address-guard.ts";
import { postCallback } from "#providers/callbacks/post-callback.ts";

const resolvesTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address }));
const publicly = { resolve: resolvesTo("93.184.216.34"), allowed: "" };

describe("public addresses", () => {
  const refused = {
    "this network": ["0.0.0.0", "0.1.2.3", "::"],
    loopback: ["127.0.0.1", "127.255.255.254", "::1"],
    private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456:789a::1"],
    "link-local": ["169.254.0.1", "fe80::1", "fe80::1%eth0"],
    "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
    metadata: ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
    multicast: ["224.0.0.1", "239.255.255.255", "ff02::1"],
    "reserved and for tests": [
      "192.0.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "198.19.255.255",
      "198.51.100.1",
      "203.0.113.1",
      "240.0.0.1",
      "255.255.255.255",
      "2001:db8::1",
      "3fff::1",
      "100::1",
      "2001:2::1",
    ],
    "IPv4-mapped IPv6": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe"],
    "IPv4-compatible and translated IPv6": ["::127.0.0.1", "::ffff:0:127.0.0.1"],
    NAT64: ["64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"],
    "6to4 and Teredo": ["2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:53aa:64c:0:0:80ff:fffe"],
    "no address": ["", "localhost", "1.2.3.4.5", "999.1.1.1"],
  };
  test.each(Object.entries(refused).flatMap(([family, addresses]) => addresses.map((address) => [family, address] as const)))(
    "%s: %s is not public",
    (_family, address) => {
      expect(isPublicAddress(address)).toBe(false);
    },
  );

  test.each(["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4003::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe("callback addresses", () => {
  const refused = [
    "not an address",
    "http://shop.example/",
    "ftp://shop.example/",
    "file:///etc/passwd",
    "https://user@shop.example/",
    "https://user:secret@shop.example/",
    "https://shop.example:22/",
    "https://shop.example:25/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://１２７.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://169.254.169.254/latest/meta-data/",
  ];
  test.each(refused)("%s is refused", async (address) => {
    await expect(checkCallbackAddress(address, publicly)).rejects.toMatchObject({ kind: "refused", retriable: false });
  });

  test("a public name is taken with the addresses that it has now", async () => {
    const checked = await checkCallbackAddress("https://shop.example/hook", {
      ...publicly,
      resolve: resolvesTo("93.184.216.34", "2606:2800:220:1::1"),
    });
    expect(checked.addresses).toEqual([
      { address: "93.184.216.34", family: 4 },
      { address: "2606:2800:220:1::1", family: 6 },
    ]);
    await expect(checkCallbackAddress("https://shop.example:8443/", publicly)).resolves.toBeTruthy();
  });

  test("one private address among the public ones is enough to refuse", async () => {
    await expect(
      checkCallbackAddress("https://shop.example/", { ...publicly, resolve: resolvesTo("93.184.216.34", "10.0.0.1") }),
    ).rejects.toMatchObject({ kind: "refused" });
  });

  test("a name that does not resolve may be tried again", async () => {
    const failing: Resolve = () => Promise.reject(new Error("ENOTFOUND"));
    await expect(checkCallbackAddress("https://shop.example/", { ...publicly, resolve: failing })).rejects.toMatchObject({
      kind: "unreachable",
    });
    await expect(checkCallbackAddress("https://shop.example/", { ...publicly, resolve: resolvesTo() })).rejects.toMatchObject({
      kind: "unreachable",
    });
  });

  test("a listed host and port may be private and plain, and no other port of it", async () => {
    const allowed = "localhost:4400, 127.0.0.1:4400";
    await expect(checkCallbackAddress("http://127.0.0.1:4400/x", { allowed })).resolves.toBeTruthy();
    await expect(checkCallbackAddress("http://127.0.0.1:4401/x", { allowed })).rejects.toMatchObject({ kind: "refused" });
    await expect(checkCallbackAddress("http://user@127.0.0.1:4400/x", { allowed })).rejects.toMatchObject({ kind: "refused" });
  });
});

test("a name that means something else a moment later is connected to where it was checked, and asked for only once", async () => {
  const server = createServer((request, response) => response.end(`host ${request.headers.host}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const answers = ["127.0.0.1", "203.0.113.9"];
  let asked = 0;
  const resolve: Resolve = async () => [{ address: answers[asked++] ?? "" }];
  const guard = { resolve, allowed: `rebinding.example:${port}` };
  const reply = await postCallback({ url: `http://rebinding.example:${port}/`, headers: {}, body: "{}", timeoutMs: 2000, guard });
  expect(reply).toMatchObject({ status: 200, bodyExcerpt: `host rebinding.example:${port}` });
  expect(asked).toBe(1);
  // The other way round: what is private at the check is never connected to.
  await expect(
    postCallback({ url: "https://rebinding.example/", headers: {}, body: "{}", guard: { resolve: resolvesTo("127.0.0.1"), allowed: "" } }),
  ).rejects.toMatchObject({ kind: "refused" });
  server.closeAllConnections();
  server.close();
});
