import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { onBookingChange } from "../platform/booking-changes.ts";
import { loadBookingState } from "../queries/booking-state.ts";

const heartbeatMs = 15_000;
/** Browsers connect again by themselves; an open page costs one look every five seconds should a notification be lost. */
const lookEveryMs = 5000;
const openMsMax = 15 * 60_000;

/** Server-sent events: `state` with the booking's state, at once and at every change. Refuses: booking_unknown. */
export async function bookingEvents(c: Context): Promise<Response> {
  const wanted = { bookingId: c.req.param("id") ?? "", token: c.req.query("token") ?? "" };
  let last = JSON.stringify(await loadBookingState(wanted));
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    const openedAt = Date.now();
    let wake: () => void = () => {};
    const stop = onBookingChange(wanted.bookingId, () => wake());
    stream.onAbort(() => {
      stop();
      wake();
    });
    await stream.writeSSE({ event: "state", data: last });
    let lastWrite = Date.now();
    while (!stream.aborted && Date.now() - openedAt < openMsMax) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (stream.aborted) break;
      const now = JSON.stringify(await loadBookingState(wanted));
      if (now !== last) {
        last = now;
        await stream.writeSSE({ event: "state", data: now });
        lastWrite = Date.now();
      } else if (Date.now() - lastWrite > heartbeatMs) {
        await stream.write(": still here\n\n");
        lastWrite = Date.now();
      }
    }
    stop();
  });
}
