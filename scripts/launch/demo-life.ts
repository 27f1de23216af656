import pg from "pg";
import { demo, demoId } from "#db/demo.ts";
import type { Settings } from "../plain/settings.mjs";
import { buyAtDemo } from "./demo-buyers.ts";
import { addDays, type DemoCustomer, demoCustomers } from "./demo-customers.ts";
import { simulatorsUrlOf } from "./environment.ts";

/** With the environment of the demo's server. */
type Places = { databaseUrl: string; settings: Settings };
type Slot = { start: string; state: string };
type Booked = { id: string; token: string; checkoutUrl: string };

const secondsToSettle = 30;
const browser = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36";
const visits = {
  demo: ["", "", "", "google"],
  "demo-instagram": ["instagram", "instagram", "instagram", "historia"],
  "demo-recepcion": [""],
};

/**
 * Three months of history, and then the demo's first customers of today: they look, hold, book and
 * pay as customers do, by the API and at the simulated provider. Happens once: a demo that has
 * bookings keeps what it has. The simulators are told anew at every start. Returns a note if the
 * demo starts without some of it.
 */
export async function liveOnce({ databaseUrl, settings }: Places): Promise<string> {
  const simulatorsUrl = simulatorsUrlOf(settings);
  try {
    const isNew = !(await hasBookings(databaseUrl));
    if (isNew) await (await import("./demo-history/make-history.ts")).makeHistory(simulatorsUrl);
    await (await import("./demo-history/tell-simulators.ts")).tellSimulators(simulatorsUrl);
    if (!isNew) return "";
    await visit(settings);
    // One after another: two who want the first free time would meet.
    for (const customer of demoCustomers) await book(customer, settings);
    await buyAtDemo({
      ask: (path, body, method) => call(settings, path, { body, method }),
      pay: (checkoutUrl, outcome) => pay(settings, checkoutUrl, { outcome }),
      untilPaid: (path) => untilDecided(settings, path),
    });
    return "";
  } catch (error) {
    return `without some of them: ${error instanceof Error ? error.message : error}`;
  }
}

async function hasBookings(databaseUrl: string): Promise<boolean> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  try {
    const { rowCount } = await owner.query("select from booking where tenant_id = $1 limit 1", [demo.tenantId]);
    return rowCount !== 0;
  } finally {
    await owner.end();
  }
}

async function visit(settings: Settings): Promise<void> {
  const addresses = Object.entries(visits).flatMap(([link, sources]) =>
    sources.map((source) => `/book/${link}${source && `?utm_source=${source}`}`),
  );
  await Promise.all(addresses.map((path) => fetch(here(settings, path), { redirect: "manual", headers: { "user-agent": browser } })));
}

async function book(customer: DemoCustomer, settings: Settings): Promise<void> {
  const link = customer.link ?? "demo";
  const choice = { serviceId: demoId(customer.service), professionalId: demoId(customer.professional) };
  const start = await freeStart(settings, choice, customer);
  if (!start) return;
  const session = await call<{ id: string; session: string }>(settings, "/api/holds", { body: { link, ...choice, start } });
  const { name, email, phone } = customer;
  const body = {
    link,
    holdId: session.id,
    customer: { name, email, phone },
    acceptedTerms: true,
    ...(customer.outcome !== "free" && { provider: "wompi" }),
    ...(customer.source && { campaign: { utm_source: customer.source } }),
  };
  const booked = await call<Booked>(settings, "/api/bookings", { body, session: session.session });
  if (customer.outcome !== "free") await pay(settings, booked.checkoutUrl, customer);
  const isKept = (customer.outcome === "approve" && !customer.otherAmount) || customer.outcome === "free";
  if (isKept) await untilDecided(settings, `/api/bookings/${booked.id}/status?token=${booked.token}`);
}

/** The first free time of a day on which the professional works, from the wished day on. */
async function freeStart(settings: Settings, choice: { serviceId: string; professionalId: string }, customer: DemoCustomer) {
  const from = addDays(customer.inDays);
  const query = new URLSearchParams({
    service: choice.serviceId,
    professional: choice.professionalId,
    from,
    to: addDays(customer.inDays + 6),
  });
  const answer = await fetch(here(settings, `/api/availability?${query}`));
  const { slots } = (await answer.json()) as { slots: Slot[] };
  const free = slots.filter(({ state }) => state === "free");
  return free[customer.nth ?? 0]?.start;
}

type Asked = { body?: object | undefined; method?: string | undefined; session?: string };

async function call<Answer>(settings: Settings, path: string, { body, method, session }: Asked): Promise<Answer> {
  const headers = { "content-type": "application/json", ...(session && { "x-checkout-session": session }) };
  const given = body && { method: method ?? "POST", body: JSON.stringify(body) };
  const answer = await fetch(here(settings, path), { headers, ...given });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

type Paying = { outcome: string; otherAmount?: number };

async function pay(settings: Settings, checkoutUrl: string, { outcome, otherAmount }: Paying): Promise<void> {
  const query = new URL(checkoutUrl).search.slice(1);
  const body = JSON.stringify({ query, outcome, ...(otherAmount && { amountInCents: otherAmount }) });
  const headers = { "content-type": "application/json", accept: "application/json" };
  await fetch(new URL("/wompi/p/pay", simulatorsUrlOf(settings)), { method: "POST", headers, body });
}

async function untilDecided(settings: Settings, path: string): Promise<void> {
  for (const until = Date.now() + secondsToSettle * 1000; Date.now() < until; ) {
    const { status } = await call<{ status: string }>(settings, path, {});
    if (!["pending", "paid", "active"].includes(status)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const here = (settings: Settings, path: string): URL => new URL(path, `http://127.0.0.1:${settings.port}`);
