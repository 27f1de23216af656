import { createHmac } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bookingCallback } from "#contracts/callback.ts";
import { type CallbackTest, callbackDeliveries, callbackTest } from "#contracts/callback-test.ts";
import { callbackTestsPerMinuteMax } from "#contracts/ledger/limits.ts";
import { resetEnv } from "#platform/env.ts";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/end-state.ts";
import { openMerchant } from "../../support/merchant.ts";
import { post } from "../../support/post.ts";
import { prepareStage } from "../../support/stage.ts";
import { bookAndPay } from "../desk/desk.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: true });
let clinic: Clinic;
let cookie: string;
beforeEach(async () => {
  clinic = await stage.openClinic();
  cookie = (await openMerchant(stage, { tenantId: clinic.tenantId })).cookie;
});
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const sendTest = () => ask(stage, "/api/tenant/callback-test", { method: "POST", headers: { cookie } });
const tried = async (): Promise<CallbackTest> => expectShape(callbackTest, (await sendTest()).body);
const moveTo = (url: string | null) =>
  stage.owner.query("update tenant set callback_url = $2 where tenant_id = $1", [clinic.tenantId, url]);
const deliveries = async () =>
  expectShape(callbackDeliveries, (await ask(stage, "/api/tenant/callback-deliveries", { headers: { cookie } })).body).deliveries;

/** A server of the merchant's own, which may be private here. */
async function ownServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = process.env["ALLOW_PRIVATE_CALLBACKS"] ?? "";
  process.env["ALLOW_PRIVATE_CALLBACKS"] = `${before},${host}`;
  resetEnv();
  closing.push(() => {
    process.env["ALLOW_PRIVATE_CALLBACKS"] = before;
    resetEnv();
    server.close();
    server.closeAllConnections();
  });
  return host;
}

test("a test arrives signed as a real callback is, says that it is one, and counts nowhere", async () => {
  const result = await tried();
  expect(result).toMatchObject({ status: 200, problem: null, detail: null });
  const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  const { callbacks } = (await answer.json()) as { callbacks: { body: string; webhookId: string }[] };
  expect(callbacks).toHaveLength(1);
  const [seen] = callbacks;
  const body = bookingCallback.parse(JSON.parse(seen?.body ?? ""));
  expect(body).toMatchObject({ evento: "callback.test", prueba: true, tenant_id: clinic.tenantId, pago: { monto: 0 } });
  expect(seen?.webhookId).toBe(result.id);
  const signature = createHmac("sha256", clinic.callback.hmacSecret).update(result.body).digest("hex");
  expect(body.seguridad.firma_hmac).toBe(signature);
  const { rows } = await stage.owner.query(
    "select kind, actor, details, origin is not null as has_origin from event where tenant_id = $1 and kind = 'callback.tested'",
    [clinic.tenantId],
  );
  expect(rows).toEqual([
    {
      kind: "callback.tested",
      actor: expect.stringMatching(/^member:/),
      details: expect.objectContaining({ status: 200, problem: null }),
      has_origin: true,
    },
  ]);
});

test.each([
  [404, "not_found"],
  [401, "unauthorized"],
  [405, "method"],
  [410, "gone"],
  [429, "too_many"],
  [500, "server_error"],
  [422, "other_status"],
])("an answer of %s is told as %s, and the address stays switched on", async (status, problem) => {
  await post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, { status, failures: 1 });
  expect(await tried()).toMatchObject({ status, problem });
  const { rows } = await stage.owner.query("select from callback_endpoint where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([]);
});

test("what keeps it from arriving has its own word: name, private address, no server, certificate, redirect, a page for people", async () => {
  await moveTo("https://no-such-name.invalid/hook");
  expect(await tried()).toMatchObject({ status: null, problem: "dns", answer: null });
  await moveTo("https://127.0.0.1/hook");
  expect(await tried()).toMatchObject({ status: null, problem: "private_address" });
  await moveTo("http://example.com/hook");
  expect(await tried()).toMatchObject({ status: null, problem: "address" });
  await stage.owner.query("delete from callback_test where tenant_id = $1", [clinic.tenantId]);
  const host = await ownServer((request, response) => {
    if (request.url === "/page") response.setHeader("content-type", "text/html").end("<h1>Aurora</h1>");
    else response.writeHead(307, { location: "http://169.254.169.254/" }).end();
  });
  await moveTo(`https://${host}/hook`);
  expect(await tried()).toMatchObject({ status: null, problem: "tls" });
  await moveTo(`http://${host}/hook`);
  expect(await tried()).toMatchObject({ status: 307, problem: "redirect" });
  await moveTo(`http://${host}/page`);
  expect(await tried()).toMatchObject({ status: 200, problem: "web_page", answer: "<h1>Aurora</h1>" });
  for (const close of closing.splice(0)) close();
  const gone = await ownServer((_, response) => response.end());
  closing.pop()?.();
  process.env["ALLOW_PRIVATE_CALLBACKS"] = `${process.env["ALLOW_PRIVATE_CALLBACKS"]},${gone}`;
  resetEnv();
  await moveTo(`http://${gone}/hook`);
  expect(await tried()).toMatchObject({ status: null, problem: "connection" });
});

test("only so many a minute, also at once, and by whoever asks", async () => {
  const answers = await Promise.all(Array.from({ length: callbackTestsPerMinuteMax * 4 }, sendTest));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(callbackTestsPerMinuteMax);
  for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, "rate_limited");
  await stage.owner.query("update callback_test set created_at = now() - interval '61 seconds' where tenant_id = $1", [clinic.tenantId]);
  expect((await sendTest()).status).toBe(200);
});

test("without an address or a secret there is nothing to send", async () => {
  await moveTo(null);
  expectProblem(await sendTest(), "callback_address_missing");
  await moveTo("https://example.com/hook");
  await stage.owner.query("delete from connection where tenant_id = $1 and kind = 'callback'", [clinic.tenantId]);
  expectProblem(await sendTest(), "callback_secret_missing");
});

test("the last deliveries are listed with their answers, tests among them, without what the address hides", async () => {
  const booking = await bookAndPay(stage, clinic, 0);
  const { rows } = await stage.owner.query("select callback_url from tenant where tenant_id = $1", [clinic.tenantId]);
  await moveTo(`${rows[0].callback_url}?token=hush-hush`);
  await tried();
  await eventually(async () => expect(await deliveries()).toHaveLength(2));
  const [newest, older] = await deliveries();
  expect(newest).toMatchObject({ event: "callback.test", status: 200, checkoutId: null, url: rows[0].callback_url });
  expect(older).toMatchObject({ event: "booking.paid", status: 200, error: null, checkoutId: booking.id });
  const { cookie: other } = await openMerchant(stage);
  expect((await ask(stage, "/api/tenant/callback-deliveries", { headers: { cookie: other } })).body).toEqual({ deliveries: [] });
});
