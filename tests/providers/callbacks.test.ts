import { createServer, type RequestListener } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { postCallback } from "#providers/callbacks/post-callback.ts";
import { signBody, standardWebhookHeaders, unsignedBody } from "#providers/callbacks/sign.ts";
import { merchantSecrets, type ProviderWorld, startProviderWorld } from "./world.ts";

let world: ProviderWorld;
beforeAll(async () => {
  world = await startProviderWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.press("/reset"));

const url = () => `${world.url}/merchant/shop/callback`;
const timestamp = () => Math.floor(Date.now() / 1000);
const body = (hmacSecret = merchantSecrets.hmacSecret) =>
  signBody(
    unsignedBody({
      usuario: { nombre: 'Ñandú "firma_hmac":"" 🎉' },
      pago: { monto: 8_500_000 },
      seguridad: { timestamp: "2026-11-23T13:00:00.000Z", firma_hmac: "" },
    }),
    hmacSecret,
  );
const headersFor = (text: string, secrets: string[] = [merchantSecrets.webhookSecret]) =>
  standardWebhookHeaders({ id: "event-1", timestamp: timestamp(), body: text, secrets });
const received = async () => (await world.read("/merchant/state/shop")).callbacks;

test("the merchant's server finds both signatures right, also while the secrets rotate", async () => {
  const text = body();
  expect(await postCallback({ url: url(), headers: headersFor(text), body: text })).toMatchObject({
    status: 200,
    retryAfterSeconds: null,
    bodyExcerpt: '{"ok":true}',
  });
  const old = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  await postCallback({ url: url(), headers: headersFor(text, [old, merchantSecrets.webhookSecret]), body: text });
  expect(await received()).toMatchObject(Array(2).fill({ body: text, firma: { verdict: "right" }, standardWebhook: { verdict: "right" } }));
});

test("the merchant's server finds them wrong when one byte or the secret is another", async () => {
  const text = body();
  await postCallback({ url: url(), headers: headersFor(text), body: text.replace("8500000", "8500001") });
  await postCallback({
    url: url(),
    headers: headersFor(text, [`whsec_${Buffer.alloc(32, 1).toString("base64")}`]),
    body: body("another secret"),
  });
  expect(await received()).toMatchObject(Array(2).fill({ firma: { verdict: "wrong" }, standardWebhook: { verdict: "wrong" } }));
});

test("every status is a reply, with the wait that was asked for", async () => {
  await world.press("/merchant/shop/panel/knobs", { status: 429, failures: 1, retryAfter: "7" });
  expect(await postCallback({ url: url(), headers: {}, body: body() })).toMatchObject({ status: 429, retryAfterSeconds: 7 });
  await world.press("/merchant/shop/panel/knobs", { status: 410, failures: 1, retryAfter: "" });
  expect(await postCallback({ url: url(), headers: {}, body: body() })).toMatchObject({ status: 410 });
});

test("a redirect is not followed", async () => {
  await world.press("/merchant/shop/panel/knobs", { redirectTo: url() });
  expect(await postCallback({ url: url(), headers: {}, body: body() })).toMatchObject({ status: 302 });
  expect(await received()).toHaveLength(1);
});

test("a server that is slow, gone or not allowed is a failure", async () => {
  await world.press("/merchant/shop/panel/knobs", { delayMs: 3000 });
  await expect(postCallback({ url: url(), headers: {}, body: body(), timeoutMs: 200 })).rejects.toMatchObject({
    kind: "unreachable",
    retriable: true,
  });
  const closed = await listen((_request, response) => response.destroy());
  await expect(postCallback({ url: closed.url, headers: {}, body: "{}", guard: { allowed: closed.host } })).rejects.toMatchObject({
    kind: "unreachable",
  });
  closed.stop();
  await expect(postCallback({ url: closed.url, headers: {}, body: "{}", guard: { allowed: closed.host } })).rejects.toMatchObject({
    kind: "unreachable",
  });
  await expect(postCallback({ url: closed.url, headers: {}, body: "{}" })).rejects.toMatchObject({ kind: "refused", retriable: false });
});

test("an endless answer is cut, and what is kept of it can be stored", async () => {
  const endless = await listen((_request, response) => {
    const write = () => {
      while (!response.destroyed && response.write(`\0\u001b[31m${"x".repeat(4096)}`));
      response.once("drain", write);
    };
    write();
  });
  const { status, bodyExcerpt } = await postCallback({
    url: endless.url,
    headers: {},
    body: "{}",
    timeoutMs: 5000,
    guard: { allowed: endless.host },
  });
  expect(status).toBe(200);
  expect(bodyExcerpt).toHaveLength(1000);
  expect(bodyExcerpt).not.toMatch(/\p{Cc}/u);
  endless.stop();
});

async function listen(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://${host}/`, host, stop };
}
