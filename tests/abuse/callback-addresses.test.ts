import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkCallbackAddress } from "#providers/callbacks/address-guard.ts";
import { postCallback } from "#providers/callbacks/post-callback.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";

/** Every connection that this process opens, as undici asked for it. */
let opened: Socket[] = [];
const note = (message: unknown) => opened.push((message as { socket: Socket }).socket);
beforeAll(() => subscribe("net.client.socket", note));
beforeEach(() => {
  opened = [];
});
afterAll(() => void unsubscribe("net.client.socket", note));

const resolvesTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address }));
const post = (url: string, guard: { resolve?: () => Promise<{ address: string }[]>; allowed?: string }) =>
  postCallback({ url, headers: {}, body: "{}", timeoutMs: 1500, guard });

test.each([
  "127.0.0.1",
  "::1",
  "169.254.169.254",
  "10.0.0.5",
  "10.255.255.255",
  "192.168.1.1",
  "172.20.0.1",
  "0.0.0.0",
  "::ffff:10.0.0.1",
  "fd00::1",
  "fe80::1",
  "100.64.0.1",
])("a name that resolves to %s is refused, alone or beside a public one, and nothing is connected", async (address) => {
  // At the resolver: a broken guard must not make this test send a packet to such an address.
  const check = (...addresses: string[]) =>
    checkCallbackAddress("https://shop.example/hook", { resolve: resolvesTo(...addresses), allowed: "" });
  await expect(check(address)).rejects.toMatchObject({ kind: "refused" });
  await expect(check("93.184.216.34", address)).rejects.toMatchObject({ kind: "refused" });
  expect(opened).toEqual([]);
});

test("a redirect to a private address is an answer, not an order", async () => {
  const hits: string[] = [];
  const inside = await listen((request, response) => {
    hits.push(`inside ${request.url}`);
    response.end();
  });
  const shop = await listen((request, response) => {
    hits.push(`shop ${request.url}`);
    response.writeHead(307, { location: `http://${inside.host}/latest/meta-data/` }).end();
  });
  expect(await post(`http://${shop.host}/hook`, { allowed: shop.host })).toMatchObject({ status: 307 });
  expect(hits).toEqual(["shop /hook"]);
  expect(opened).toHaveLength(1);
  for (const { server } of [inside, shop]) server.close();
});

async function listen(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("an answer that changes between check and use is used as it was checked: the name is asked for once", async () => {
  const server = createServer((_request, response) => response.end("the checked one"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const answers = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
  let asked = 0;
  const reply = await post(`http://rebinding.example:${port}/`, {
    resolve: async () => [{ address: answers[asked++] ?? "" }],
    allowed: `rebinding.example:${port}`,
  });
  expect([reply.bodyExcerpt, asked]).toEqual(["the checked one", 1]);
  server.close();
});

describe("in the whole product", () => {
  const stage = prepareStage();

  test.each([
    // Were the guard gone, these would still reach nobody but this machine.
    "https://127.0.0.1/latest/meta-data/",
    "http://127.0.0.1:5432/",
    "https://localhost/hook",
    "https://[::ffff:127.0.0.1]/",
    "gopher://127.0.0.1/",
    "not an address",
  ])("a merchant who set %s hears of it; their customer's booking is paid all the same", async (callbackUrl) => {
    const clinic = await stage.openClinic();
    await stage.owner.query("update tenant set callback_url = $2 where tenant_id = $1", [clinic.tenantId, callbackUrl]);
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve");
    await eventually(async () => {
      const { rows } = await stage.owner.query(
        "select state, last_error from follow_up where subject_id = $1 and job = 'deliver-callback'",
        [booking.id],
      );
      expect(rows).toEqual([
        { state: "attention", last_error: expect.stringMatching(/the callback address (does not lead|is not|has a)/) },
      ]);
    });
    const { rows } = await stage.owner.query("select status from checkout where id = $1", [booking.id]);
    expect(rows).toEqual([{ status: "paid" }]);
    expect(opened.filter((socket) => socket.remoteAddress && !/^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress))).toEqual([]);
  });
});
