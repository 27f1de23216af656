"use client";

import { useEffect, useState } from "react";
import type { BookingState } from "#contracts/checkout.ts";
import { eventsAddress, getBookingStatus } from "#ui/api.ts";
import { hasLapsed, isFinal } from "./confirm-view.ts";

const pollMs = 2_000;
/** Polls now and then even while events arrive, because a proxy may swallow them. */
const pollsWhileLive = 5;
/** How long a lapsed booking is still watched for a payment made at the last moment. */
const lateWatchMs = 5 * 60_000;

/** Follows the booking by server-sent events, with polling as the fallback, until it is final. */
export function useBookingState(booking: { id: string; token: string }, initial: BookingState): BookingState {
  const { id, token } = booking;
  const [state, setState] = useState(initial);
  const isDone = isFinal(state);
  const isLapsed = hasLapsed(state);

  useEffect(() => {
    if (isDone) return;
    const events = new EventSource(eventsAddress({ id, token }));
    events.addEventListener("state", (event) => setState(JSON.parse(event.data)));
    let polls = 0;
    const poll = async () => {
      polls += 1;
      const isLive = events.readyState === EventSource.OPEN;
      if (document.hidden || (isLive && polls % pollsWhileLive !== 0)) return;
      // The next answer makes up for a lost one.
      const answer = await getBookingStatus({ id, token }).catch(() => null);
      if (answer) setState(answer);
    };
    const timer = setInterval(poll, pollMs);
    const stop = () => {
      events.close();
      clearInterval(timer);
    };
    const end = isLapsed ? setTimeout(stop, lateWatchMs) : undefined;
    return () => {
      clearTimeout(end);
      stop();
    };
  }, [id, token, isDone, isLapsed]);

  return state;
}
