import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoMerchantServer } from "#simulators/demo-config.ts";
import { startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.press("/reset"));

const { hmacSecret, webhookSecret } = demoMerchantServer;

function signedBody(secret = hmacSecret): string {
  const unsigned = JSON.stringify({ booking_id: "b-1", usuario: { nombre: "Íñigo Núñez" }, seguridad: { timestamp: "t", firma_hmac: "" } });
  const firma = createHmac("sha256", secret).update(unsigned).digest("hex");
  return unsigned.replace('"firma_hmac":""', `"firma_hmac":"${firma}"`);
}

function send(body: string, signed = body, server = "demo", secret = webhookSecret) {
  const now = new Date();
  const headers = {
    "webhook-id": "msg-1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("msg-1", now, signed),
    "content-type": "application/json",
  };
  return fetch(`${world.url}/merchant/${server}/callback`, { method: "POST", body, headers, redirect: "manual" });
}

const callbacks = async (id = "demo") => (await world.read(`/merchant/state/${id}`)).body.callbacks;

test("a rightly signed callback is right on both counts, and repetitions are counted", async () => {
  const response = await send(signedBody());
  expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  await send(signedBody());
  const kept = await callbacks();
  expect(kept[0]).toMatchObject({
    attempt: 2,
    webhookId: "msg-1",
    firma: { verdict: "right" },
    standardWebhook: { verdict: "right" },
    body: signedBody(),
  });
});

test("one changed character is wrong on both counts", async () => {
  await send(signedBody().replace("b-1", "b-2"), signedBody());
  expect((await callbacks())[0]).toMatchObject({ firma: { verdict: "wrong" }, standardWebhook: { verdict: "wrong" } });
});

test("an unsigned body is missing both", async () => {
  await fetch(`${world.url}/merchant/demo/callback`, { method: "POST", body: "{}" });
  expect((await callbacks())[0]).toMatchObject({ firma: { verdict: "missing" }, standardWebhook: { verdict: "missing" } });
});

test("while secrets rotate, either one is right", async () => {
  await world.press("/merchant/panel/servers", {
    id: "rotating",
    hmacSecret: "old,new",
    webhookSecret: `${webhookSecret},whsec_bmV3LXNlY3JldC1uZXctc2VjcmV0`,
  });
  await send(signedBody("old"), signedBody("old"), "rotating");
  await send(signedBody("new"), signedBody("new"), "rotating", "whsec_bmV3LXNlY3JldC1uZXctc2VjcmV0");
  for (const callback of await callbacks("rotating")) {
    expect(callback).toMatchObject({ firma: { verdict: "right" }, standardWebhook: { verdict: "right" } });
  }
});

test("the server fails, redirects and talks nonsense as its knobs say", async () => {
  await world.press("/merchant/demo/panel/knobs", { status: 429, failures: 2, retryAfter: 7 });
  const first = await send(signedBody());
  expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
  expect([(await send(signedBody())).status, (await send(signedBody())).status]).toEqual([429, 200]);
  await world.press("/merchant/demo/panel/knobs", { redirectTo: "http://127.0.0.1:9/" });
  expect((await send(signedBody())).status).toBe(302);
  await world.press("/merchant/demo/panel/knobs", { reset: "on", garbage: "on" });
  await expect((await send(signedBody())).json()).rejects.toThrow();
});

test("an unknown server is not found; the thank-you page greets", async () => {
  expect((await send("{}", "{}", "nobody")).status).toBe(404);
  const page = await (await fetch(`${world.url}/merchant/demo/return?status=ok&ref=%3Cb%3E`)).text();
  expect(page).toContain("Gracias");
  expect(page).not.toContain("<b>");
});
