"use client";

import { useMemo } from "react";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { type LiveSource, useLiveState } from "#ui/fresh/use-live-state.ts";
import { getOrderState, orderEventsAddress } from "#ui/shop/api.ts";
import { watchingOf } from "./order-view.ts";

export function useOrderState({ id, token }: { id: string; token: string }, initial: OrderSessionState) {
  const source = useMemo<LiveSource<OrderSessionState>>(
    () => ({ eventsAddress: orderEventsAddress({ id, token }), read: () => getOrderState({ id, token }), watchingOf }),
    [id, token],
  );
  return useLiveState(source, initial);
}
