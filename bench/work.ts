import { createHash, randomBytes } from "node:crypto";
import type { BenchTenant } from "./fill.ts";
import type { Request } from "./http-load.ts";

let serial = 0;
let addresses = 0;

/** Returns the n-th half hour from tomorrow on, of 330 days. */
function slotOf(n: number): string {
  const tomorrow = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 5 * 3_600_000;
  return new Date(tomorrow + (n % 15_000) * 1_800_000).toISOString();
}

/** Each request holds another free slot. */
export function nextHold(tenants: BenchTenant[]): Request {
  serial += 1;
  const tenant = tenants[serial % tenants.length];
  const turn = Math.floor(serial / tenants.length);
  const professionalId = tenant?.professionals[turn % 100];
  const start = slotOf(Math.floor(turn / 100));
  const body = JSON.stringify({ link: tenant?.link, serviceId: tenant?.serviceId, professionalId, start });
  return { method: "POST", path: "/api/holds", headers: fromSomebody(), body };
}

/** Everybody wants the same slot. */
export function hotHold(tenant: BenchTenant, round: number): Request {
  serial += 1;
  const body = {
    link: tenant.link,
    serviceId: tenant.serviceId,
    professionalId: tenant.professionals[99],
    start: slotOf(14_000 + (Math.floor(round / 1000) % 1000)),
  };
  return { method: "POST", path: "/api/holds", headers: fromSomebody(), body: JSON.stringify(body) };
}

/** A genuine Wompi event, each with another transaction. */
export function nextEvent(tenants: BenchTenant[]): Request {
  serial += 1;
  const tenant = tenants[serial % tenants.length];
  const id = `1-${serial}-${randomBytes(4).toString("hex")}`;
  const timestamp = Math.floor(Date.now() / 1000);
  const transaction = {
    id,
    status: "APPROVED",
    amount_in_cents: 10_000_000,
    reference: `KF-BENCH${serial}`,
    currency: "COP",
    payment_method_type: "CARD",
  };
  const checksum = createHash("sha256").update(`${id}APPROVED10000000${timestamp}${tenant?.eventsSecret}`).digest("hex");
  const body = JSON.stringify({
    event: "transaction.updated",
    data: { transaction },
    sent_at: new Date().toISOString(),
    timestamp,
    signature: { checksum, properties: ["transaction.id", "transaction.status", "transaction.amount_in_cents"] },
    environment: "test",
  });
  return { method: "POST", path: `/api/webhooks/wompi/${tenant?.connectionId}`, headers: { "x-event-checksum": checksum }, body };
}

export function nextAvailability(tenants: BenchTenant[], days: number): Request {
  serial += 1;
  const tenant = tenants[serial % tenants.length];
  const from = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const query = new URLSearchParams({
    link: tenant?.link ?? "",
    service: tenant?.serviceId ?? "",
    professional: tenant?.professionals[serial % 100] ?? "",
    from,
    to,
  });
  return { method: "GET", path: `/api/availability?${query}` };
}

/** Asks for a booking's state: "status" by the API, "confirm" by the page. */
export function nextStatus(bookings: string[], page: "status" | "confirm"): Request {
  serial += 1;
  const id = bookings[serial % bookings.length];
  const path = page === "status" ? `/api/bookings/${id}/status?token=token` : `/book/${id}/confirm?token=token`;
  return { method: "GET", path, headers: fromSomebody() };
}

/** Customers come from many addresses. */
export function fromSomebody(): Record<string, string> {
  addresses += 1;
  const n = addresses % 16_000_000;
  return { "x-forwarded-proto": "https", "x-forwarded-for": `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` };
}
