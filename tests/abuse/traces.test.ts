import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { resetEnv } from "#platform/env.ts";
import { startTracing, stopTracing } from "#platform/tracing/spans.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { book, customerOfTests, hold, slotStart, state } from "../support/customer.ts";
import { wompiKeys } from "../support/payers/wompi-keys.ts";
import { prepareStage } from "../support/stage.ts";
import { type Collector, type SeenSpan, startCollector } from "./collector.ts";
import { startFront } from "./front.ts";
import { type Program, startProgram, stopPrograms } from "./program.ts";
import { anyPort } from "./redis-servers.ts";

const stage = prepareStage({ worker: false });
afterEach(() => stopPrograms());

const eventually = <T>(check: () => Promise<T> | T) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const tracedTo = (url: string, settings: Record<string, string> = {}) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_HEADERS: "x-key=of-the-collector",
  OTEL_EXPORTER_OTLP_TIMEOUT: "1000",
  OTEL_BSP_SCHEDULE_DELAY: "100",
  ...settings,
});
const startBoth = (url: string, settings: Record<string, string> = {}): Promise<[Program, Program]> =>
  Promise.all([
    startProgram(stage, "src/server.ts", tracedTo(url, { OTEL_SERVICE_NAME: "web", ...settings })),
    startProgram(stage, "src/worker.ts", tracedTo(url, { OTEL_SERVICE_NAME: "worker", ...settings })),
  ]);

/** Online, paid and confirmed: every follow-up that there is after a payment. */
async function story(web: Program, clinic: Clinic, n: number) {
  const here = { ...stage, appUrl: web.url };
  const held = await hold(here, clinic, { start: slotStart(n), serviceId: clinic.onlineServiceId });
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const { body: booking } = await book(here, clinic, { holdId: held.body.id, session: held.body.session, customer });
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(here, booking)).status).toBe("confirmed"));
  await stage.settled(booking.id);
  return booking;
}
/** The address that the simulated provider delivers to is the traced process. */
async function openClinicAt(web: Program): Promise<Clinic> {
  return openClinic({ ...stage, appUrl: web.url });
}

const followUps = [
  "create-room",
  "deliver-callback",
  "mail-customer-paid",
  "mail-merchant-paid",
  "mail-professional-paid",
  "notify-merchant",
].map((job) => `follow-up ${job}`);

test("one trace leads from the webhook through the settling to every follow-up, over two processes, and tells nothing of the customer", async () => {
  const collector = await startCollector();
  onTestFinished(() => collector.stop());
  const [web, worker] = await startBoth(collector.url);
  const clinic = await openClinicAt(web);
  const booking = await story(web, clinic, 0);
  // What was not sent yet is sent by a process that stops.
  for (const program of [web, worker]) program.child.kill("SIGTERM");
  expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);

  const { spans } = collector;
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [request] = named("POST /api/webhooks/:provider/:connection") as [SeenSpan];
  const ofTrace = spans.filter((span) => span.traceId === request.traceId);
  const only = (name: string): SeenSpan => {
    const found = ofTrace.filter((span) => span.name === name);
    expect(found, name).toHaveLength(1);
    return found[0] as SeenSpan;
  };
  expect([request.parentSpanId, request.service, request.kind]).toEqual([undefined, "web", 2]);
  const received = only("receive webhook");
  const job = only("job settle-inbox-event");
  const settling = only("settle");
  expect([received.parentSpanId, received.service]).toEqual([request.spanId, "web"]);
  expect([job.parentSpanId, job.service]).toEqual([received.spanId, "worker"]);
  expect(settling.parentSpanId).toBe(job.spanId);
  expect(
    ofTrace
      .filter((span) => span.parentSpanId === settling.spanId && span.name.startsWith("follow-up"))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(followUps);
  // Under each: whom it asked outside, by host alone.
  const asked = (name: string) => ofTrace.filter((span) => span.parentSpanId === only(name).spanId).map((span) => [span.name, span.kind]);
  expect(asked("settle")).toContainEqual(["GET 127.0.0.1", 3]);
  expect(asked("follow-up create-room")).toContainEqual(["POST 127.0.0.1", 3]);
  expect(asked("follow-up deliver-callback")).toContainEqual(["POST 127.0.0.1", 3]);
  expect(asked("follow-up mail-customer-paid")).toContainEqual(["SMTP 127.0.0.1", 3]);
  // The requests of the customer are traces of their own.
  for (const name of ["POST /api/holds", "POST /api/bookings", "GET /api/bookings/:id/status"])
    expect(new Set([request, ...named(name)].map((span) => span.traceId)).size).toBe(named(name).length + 1);

  expect(collector.words()).not.toMatch(/Ana|Mar.a|P.rez|customer@|300 ?123|@/);
  for (const secret of [booking.token, booking.id, clinic.link, wompiKeys(clinic.account).eventsSecret, clinic.connectionId])
    expect(collector.words()).not.toContain(secret);
  const keys = new Set(spans.flatMap((span) => span.attributes.map(({ key }) => key)));
  const known = ["http.request.method", "http.response.status_code", "http.route", "konfirmado.request_id", "server.address"];
  expect([...keys].sort()).toEqual(known);
  expect(spans.flatMap((span) => [...span.events, ...(span.status.message ? [span.status.message] : [])])).toEqual([]);
});

test("a collector that is away costs nothing but its traces, and one line", async () => {
  const port = await anyPort();
  const [web, worker] = await startBoth(`http://127.0.0.1:${port}`);
  const clinic = await openClinicAt(web);
  const said = (program: Program, words: RegExp) => program.lines().filter((line) => words.test(String(line["msg"]))).length;
  await story(web, clinic, 0);
  const gone = /^the collector takes no traces/;
  await eventually(() => expect([said(web, gone), said(worker, gone)]).toEqual([1, 1]));
  await story(web, clinic, 1);

  const collector: Collector = await startCollector(port);
  onTestFinished(() => collector.stop());
  await eventually(async () => {
    await fetch(`${web.url}/healthz`);
    expect(said(web, /^the collector takes traces again/)).toBe(1);
    expect(collector.spans.map((span) => span.name)).toContain("GET /healthz");
  });
  expect(said(web, gone)).toBe(1);
  await collector.stop();
  const startedAt = performance.now();
  for (const program of [web, worker]) program.child.kill("SIGTERM");
  expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("a traceparent from outside is believed behind a proxy alone, and the sampler's wish is kept", async () => {
  const collector = await startCollector();
  onTestFinished(() => collector.stop());
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const ask = (program: Program, flags: string) =>
    fetch(`${program.url}/healthz`, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-${flags}` } });
  const settings = { OTEL_TRACES_SAMPLER: "parentbased_always_off" };
  const [proxied, open, silent] = await Promise.all([
    startProgram(stage, "src/server.ts", tracedTo(collector.url, { OTEL_SERVICE_NAME: "proxied" })),
    startProgram(stage, "src/server.ts", tracedTo(collector.url, { OTEL_SERVICE_NAME: "open", TRUST_PROXY: "off" })),
    startProgram(stage, "src/server.ts", tracedTo(collector.url, { OTEL_SERVICE_NAME: "silent", ...settings })),
  ]);
  for (const program of [proxied, open, silent]) {
    await ask(program, "00");
    await ask(program, "01");
    await fetch(`${program.url}/healthz`, { headers: { traceparent: "00-nonsense" } });
    program.child.kill("SIGTERM");
  }
  await Promise.all([proxied.ended, open.ended, silent.ended]);
  const traces = (service: string) => collector.spans.filter((span) => span.service === service && span.name === "GET /healthz");
  expect(traces("proxied").map((span) => [span.traceId === traceId, span.parentSpanId])).toEqual([
    [true, "b7ad6b7169203331"],
    [false, undefined],
  ]);
  expect(traces("open").filter((span) => span.traceId === traceId || span.parentSpanId)).toEqual([]);
  expect(traces("open")).toHaveLength(3);
  expect(traces("silent").map((span) => span.traceId)).toEqual([traceId]);
});

test("a page's span names the page, and never the link, the booking or the token in its address", async () => {
  const collector = await startCollector();
  onTestFinished(() => collector.stop());
  const before = { ...process.env };
  Object.assign(process.env, tracedTo(collector.url));
  resetEnv();
  onTestFinished(() => {
    for (const name of Object.keys(tracedTo(""))) delete process.env[name];
    Object.assign(process.env, before);
    resetEnv();
  });
  await startTracing();
  const front = await startFront();
  for (const path of [
    "/",
    "/book/a-link-of-ours/details?token=a-token",
    "/book/a-booking/confirm?token=a-token",
    "/nobody@example.com/x",
    "/_next/a.js",
  ])
    expect(await (await fetch(front.url + path)).text()).toBe(`page ${path}`);
  await front.stop();
  await stopTracing();
  expect(collector.spans.map((span) => span.name).sort()).toEqual(["GET /", "GET /*/*", "GET /book/*/confirm", "GET /book/*/details"]);
  expect(collector.words()).not.toMatch(/a-link|a-booking|a-token|nobody/);
});
