import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { bookingState } from "#contracts/checkout.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage();
let clinic: Clinic;
let nextSlot = 0;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

const booked = () => stage.reachPaymentPage(clinic, { start: slotStart(nextSlot++), serviceId: clinic.onlineServiceId });
const page = (booking: { id: string }, token: string, part: string) => ask(stage, `/api/bookings/${booking.id}/${part}?token=${token}`);

describe.each(["status", "events", "calendar.ics"])("GET /api/bookings/{id}/%s", (part) => {
  test("a wrong token, none, and an unknown id get the very same answer", async () => {
    const booking = await booked();
    const answers = [
      await page(booking, "wrong", part),
      await page(booking, "", part),
      await page({ id: randomUUID() }, booking.token, part),
      await page({ id: "1" }, booking.token, part),
    ];
    for (const answer of answers) expectProblem(answer, "checkout_unknown");
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  });
});

describe("GET /api/bookings/{id}/status", () => {
  test("tells the customer what they booked; the meeting and the way back only once it is paid", async () => {
    const booking = await booked();
    const answer = await page(booking, booking.token, "status");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(expectShape(bookingState, answer.body)).toMatchObject({
      status: "pending",
      meetingUrl: null,
      returnUrl: null,
      refund: null,
      isAwaitingAnswer: false,
      link: clinic.link,
    });
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    const paid = expectShape(bookingState, (await page(booking, booking.token, "status")).body);
    expect(paid.meetingUrl).toMatch(/^https?:/);
    expect(Object.fromEntries(new URL(paid.returnUrl ?? "").searchParams)).toEqual({ x: "1", status: "ok", ref: booking.id });
  });
});

/** Reads server-sent events until one satisfies the wish; answers when it came. */
async function untilEvent(
  reader: ReadableStreamDefaultReader<string>,
  wish: (state: { status: string; paymentStatus: string }) => boolean,
): Promise<number> {
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the stream ended with: ${text}`);
    text += value;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (!data || !/^event: state$/m.test(event)) continue;
      if (wish(expectShape(bookingState, JSON.parse(data)))) return Date.now();
    }
  }
}

describe("GET /api/bookings/{id}/events", () => {
  async function listenTo(booking: { id: string; token: string }) {
    const abort = new AbortController();
    const answer = await fetch(`${stage.appUrl}/api/bookings/${booking.id}/events?token=${booking.token}`, { signal: abort.signal });
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    if (!answer.body) throw new Error("no stream");
    return { reader: answer.body.pipeThrough(new TextDecoderStream()).getReader(), close: () => abort.abort() };
  }
  /** As a member of the merchant's would cancel it, in another process: one committed event. */
  const change = (booking: { id: string }, to: string) =>
    stage.owner.query(
      `with changed as (update checkout set payment_status = $2 where id = $1 returning tenant_id, id)
       select log_event(jsonb_build_object('tenantId', tenant_id, 'subjectKind', 'checkout', 'subjectId', id, 'kind', 'payment.failed',
         'details', '{}'::jsonb, 'actor', 'system', 'followUps', '[]'::jsonb)) from changed`,
      [booking.id, to],
    );

  test("tells the state at once, and every change within two seconds, also one that comes right behind another", async () => {
    const booking = await booked();
    const { reader, close } = await listenTo(booking);
    await untilEvent(reader, ({ status }) => status === "pending");
    for (const next of ["failed", "pending", "failed", "pending", "failed"]) {
      const changedAt = Date.now();
      await change(booking, next);
      expect((await untilEvent(reader, ({ paymentStatus }) => paymentStatus === next)) - changedAt).toBeLessThan(2000);
    }
    await Promise.all([change(booking, "pending"), change(booking, "failed"), change(booking, "disputed")]);
    const changedAt = Date.now();
    await change(booking, "refunded");
    expect((await untilEvent(reader, ({ paymentStatus }) => paymentStatus === "refunded")) - changedAt).toBeLessThan(2000);
    close();
  });

  test("tells a payment", async () => {
    const booking = await booked();
    const { reader, close } = await listenTo(booking);
    await untilEvent(reader, ({ status }) => status === "pending");
    await stage.pay(booking.checkoutUrl, "approve");
    await untilEvent(reader, ({ status }) => status === "confirmed");
    close();
  });
});

describe("GET /api/bookings/{id}/calendar.ics", () => {
  test("is there once the booking is paid, not before", async () => {
    const booking = await booked();
    expectProblem(await page(booking, booking.token, "calendar.ics"), "checkout_unknown");
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    const answer = await page(booking, booking.token, "calendar.ics");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="cita.ics"');
    expect(answer.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(answer.text.replaceAll("\r\n ", "")).toContain(`UID:${booking.id}@konfirmado`);
  });
});

describe("GET /pay/return/{id}/{token}", () => {
  test("sends the customer to the booking's page, whatever it was called with, and tells nothing", async () => {
    const booking = await booked();
    for (const token of [booking.token, "wrong", "%22%3E%3Cscript%3E"]) {
      const answer = await ask(stage, `/pay/return/${booking.id}/${token}`);
      expect([answer.status, answer.headers.get("location")]).toEqual([303, `/book/${booking.id}/confirm?token=${token}`]);
    }
    const elsewhere = await ask(stage, "/pay/return/..%2F..%2Fevil.example/x");
    expect(elsewhere.headers.get("location")).toMatch(/^\/book\/\.\.%2F\.\.%2Fevil\.example\/confirm/);
  });
});
