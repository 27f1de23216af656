"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo } from "react";
import type { BookingState } from "#contracts/checkout.ts";
import { eventsAddress, getBookingStatus } from "#ui/api.ts";
import { type LiveSource, useLiveState } from "#ui/fresh/use-live-state.ts";
import { watchingOf } from "./confirm-view.ts";

export function useBookingState({ id, token }: { id: string; token: string }, initial: BookingState): BookingState {
  const source = useMemo<LiveSource<BookingState>>(
    () => ({ eventsAddress: eventsAddress({ id, token }), read: () => getBookingStatus({ id, token }), watchingOf }),
    [id, token],
  );
  const [state] = useLiveState(source, initial);
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
