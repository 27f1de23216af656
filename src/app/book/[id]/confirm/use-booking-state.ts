"use client";

import { useEffect, useState } from "react";
import type { BookingState } from "#contracts/checkout.ts";
import { eventsAddress, getBookingStatus } from "#ui/api.ts";
import { watchingOf } from "./confirm-view.ts";

const pollMs = 2_000;
const slowPollMs = 30_000;
/** Polls now and then even while events arrive, because a proxy may swallow them. */
const pollsWhileLive = 5;
/** How long a lapsed booking is still watched for a payment made at the last moment. */
const lateWatchMs = 5 * 60_000;

/**
 * Follows the booking by server-sent events, with polling as the fallback, and slowly while only a
 * refund is awaited. Stops when nothing can change.
 */
export function useBookingState(booking: { id: string; token: string }, initial: BookingState): BookingState {
  const { id, token } = booking;
  const [state, setState] = useState(initial);
  const watching = watchingOf(state);

  useEffect(() => {
    if (watching === "not") return;
    const events = watching === "slowly" ? null : new EventSource(eventsAddress({ id, token }));
    events?.addEventListener("state", (event) => setState(JSON.parse(event.data)));
    let polls = 0;
    const look = async () => {
      // The next answer makes up for a lost one.
      const answer = await getBookingStatus({ id, token }).catch(() => null);
      if (answer) setState(answer);
    };
    const poll = () => {
      polls += 1;
      const isLive = events?.readyState === EventSource.OPEN;
      if (!document.hidden && !(isLive && polls % pollsWhileLive !== 0)) look();
    };
    const timer = setInterval(poll, watching === "slowly" ? slowPollMs : pollMs);
    // Whoever comes back to the page wants to know now.
    const onVisible = () => document.visibilityState === "visible" && look();
    document.addEventListener("visibilitychange", onVisible);
    const stop = () => {
      events?.close();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
    const end = watching === "a_while" ? setTimeout(stop, lateWatchMs) : undefined;
    return () => {
      clearTimeout(end);
      stop();
    };
  }, [id, token, watching]);

  return state;
}
