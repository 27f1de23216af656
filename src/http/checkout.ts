import { Hono } from "hono";
import { z } from "zod";
import { answerOnce, ownerOf } from "#commands/answer-once.ts";
import { startBooking } from "#commands/bookings/start-booking.ts";
import { holdOnce } from "#commands/claims/hold-once.ts";
import { holdSlot } from "#commands/claims/hold-slot.ts";
import { releaseHold } from "#commands/claims/release-hold.ts";
import { retryPayment } from "#commands/payments/retry-payment.ts";
import { availabilityQuery, bookingRequest, type HoldAnswer, holdRequest, paymentRequest } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { metrics } from "#platform/metrics.ts";
import { loadAvailability } from "#queries/availability.ts";
import { loadBookingCalendar } from "#queries/booking-calendar.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { loadBookingState, tenantOfBooking } from "#queries/booking-state.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { parse } from "./answers.ts";
import { bookingEvents } from "./booking-events.ts";
import { idempotencyKeyOf } from "./idempotency.ts";
import { limitChanges, limitPayments, limitReads } from "./limits.ts";
import { addressOf, type HttpEnv, keepSession, readJson, sameSiteOnly, sessionOf } from "./requests.ts";

const uuid = z.uuid();

/** The walk of a customer: options → slots → hold → booking → payment → state. */
export const checkout = new Hono<HttpEnv>();

checkout.get("/booking/:link/options", limitReads, async (c) => c.json(await loadBookingOptions(c.req.param("link"))));

checkout.get("/availability", limitReads, async (c) => {
  const query = parse(availabilityQuery, c.req.query());
  const found = await loadAvailability({
    link: query.link,
    serviceId: query.service,
    professionalId: query.professional,
    from: query.from,
    to: query.to,
    session: sessionOf(c),
  });
  c.header("cache-control", "no-store");
  return c.json(found);
});

checkout.post("/holds", limitChanges, sameSiteOnly, async (c) => {
  const request = parse(holdRequest, await readJson(c));
  const session = sessionOf(c);
  const key = idempotencyKeyOf(c, { isAlone: session === null });
  const asked = { request, session, address: addressOf(c) };
  const hold = key === null ? await takeHold(asked) : await holdOnce({ ...asked, key }, takeHold);
  keepSession(c, hold.session);
  return c.json(hold, 201);
});

async function takeHold(asked: Parameters<typeof holdSlot>[0]): Promise<HoldAnswer> {
  const hold = await holdSlot(asked);
  metrics().holds.inc({ outcome: "held" });
  return hold;
}

checkout.delete("/holds/:id", limitChanges, sameSiteOnly, async (c) => {
  const holdId = uuid.safeParse(c.req.param("id"));
  if (!holdId.success) throw new Refusal("hold_unknown");
  await releaseHold({ holdId: holdId.data, session: sessionOf(c) });
  return c.body(null, 204);
});

checkout.post("/bookings", limitPayments, sameSiteOnly, async (c) => {
  const request = parse(bookingRequest, await readJson(c));
  const session = sessionOf(c);
  const start = () => startBooking({ request, session, locale: request.locale ?? null });
  const key = idempotencyKeyOf(c, { isAlone: session === null });
  if (key === null) return c.json(await start(), 201);
  const tenantId = (await loadCatalog(request.link)).tenant.id;
  const owner = ownerOf({ session, address: addressOf(c) });
  return c.json(await answerOnce({ tenantId, makes: "booking", owner, key, request }, start), 201);
});

checkout.post("/bookings/:id/payments", limitPayments, sameSiteOnly, async (c) => {
  const { provider } = parse(paymentRequest, await readJson(c));
  const { id: bookingId } = c.req.param();
  const proof = { token: c.req.query("token") ?? null, session: sessionOf(c) };
  const retry = () => retryPayment({ bookingId, ...proof, provider });
  const key = idempotencyKeyOf(c, { isAlone: false });
  if (key === null) return c.json(await retry(), 201);
  const tenantId = await tenantOfBooking(bookingId);
  const owner = ownerOf({ ...proof, address: addressOf(c) });
  return c.json(await answerOnce({ tenantId, makes: "payment", owner, key, request: { bookingId, provider } }, retry), 201);
});

checkout.get("/bookings/:id/status", limitReads, async (c) => {
  c.header("cache-control", "no-store");
  return c.json(await loadBookingState({ bookingId: c.req.param("id"), token: c.req.query("token") ?? "" }));
});

checkout.get("/bookings/:id/events", limitReads, bookingEvents);

checkout.get("/bookings/:id/calendar.ics", limitReads, async (c) => {
  const file = await loadBookingCalendar({ bookingId: c.req.param("id"), token: c.req.query("token") ?? "" });
  return c.body(file, 200, {
    "content-type": "text/calendar; charset=utf-8",
    "content-disposition": 'attachment; filename="cita.ics"',
    "cache-control": "no-store",
  });
});
