"use client";

import { useRouter } from "next/navigation";
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
 * refund is awaited. When nothing can change by itself, it looks only when the page is seen again.
 */
export function useBookingState(booking: { id: string; token: string }, initial: BookingState): BookingState {
  const { id, token } = booking;
  const [state, setState] = useState(initial);
  const watching = watchingOf(state);

  useEffect(() => {
    const look = async () => {
      // The next answer makes up for a lost one.
      const answer = await getBookingStatus({ id, token }).catch(() => null);
      if (answer) setState(answer);
    };
    // Whoever comes back to the page wants to know now: also whether the merchant moved it.
    const onVisible = () => document.visibilityState === "visible" && look();
    document.addEventListener("visibilitychange", onVisible);
    const leave = () => document.removeEventListener("visibilitychange", onVisible);
    if (watching === "not") return leave;
    const events = watching === "slowly" ? null : new EventSource(eventsAddress({ id, token }));
    events?.addEventListener("state", (event) => setState(JSON.parse(event.data)));
    let polls = 0;
    const poll = () => {
      polls += 1;
      const isLive = events?.readyState === EventSource.OPEN;
      if (!document.hidden && !(isLive && polls % pollsWhileLive !== 0)) look();
    };
    const timer = setInterval(poll, watching === "slowly" ? slowPollMs : pollMs);
    const stop = () => {
      events?.close();
      clearInterval(timer);
      leave();
    };
    const end = watching === "a_while" ? setTimeout(stop, lateWatchMs) : undefined;
    return () => {
      clearTimeout(end);
      stop();
    };
  }, [id, token, watching]);

  useMoved(state, initial);
  return state;
}

/** The server writes where and when, so a booking that was moved has the page read anew. */
function useMoved(state: BookingState, initial: BookingState): void {
  const router = useRouter();
  const isMoved = state.start !== initial.start || state.professional.id !== initial.professional.id;
  useEffect(() => {
    if (isMoved) router.refresh();
  }, [isMoved, router]);
}
