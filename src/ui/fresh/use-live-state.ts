"use client";

import { useEffect, useState } from "react";

/**
 * `closely`: somebody waits. `slowly`: money is on its way back, which takes days. `a_while`: over,
 * unless a payment made at the last moment still arrives. `not`: nothing here can change.
 */
export type Watching = "closely" | "slowly" | "a_while" | "not";

/** Another object is another thing to follow, so it must be kept from one render to the next. */
export type LiveSource<State> = { eventsAddress: string; read(): Promise<State>; watchingOf(state: State): Watching };

const pollMs = 2_000;
const slowPollMs = 30_000;
/** Polls now and then even while events arrive, because a proxy may swallow them. */
const pollsWhileLive = 5;
/** How long what has lapsed is still watched for a payment made at the last moment. */
const lateWatchMs = 5 * 60_000;

/**
 * Follows a checkout by server-sent events, with polling as the fallback, and slowly while only a
 * refund is awaited. When nothing can change by itself, it looks only when the page is seen again.
 * The second value shows a state that an answer has brought.
 */
export function useLiveState<State>(source: LiveSource<State>, initial: State): [State, (state: State) => void] {
  const [state, setState] = useState(initial);
  const watching = source.watchingOf(state);

  useEffect(() => {
    const look = async () => {
      // The next answer makes up for a lost one.
      const answer = await source.read().catch(() => null);
      if (answer) setState(answer);
    };
    // Whoever comes back to the page wants to know now: also what the merchant changed.
    const onVisible = () => document.visibilityState === "visible" && look();
    document.addEventListener("visibilitychange", onVisible);
    const leave = () => document.removeEventListener("visibilitychange", onVisible);
    if (watching === "not") return leave;
    const events = watching === "slowly" ? null : new EventSource(source.eventsAddress);
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
  }, [source, watching]);

  return [state, setState];
}
