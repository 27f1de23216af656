import { endedRevision } from "#contracts/notices/limits.ts";
import type { NoticeState } from "#contracts/notices/notices.ts";
import { tenantHeader } from "#ui/dashboard/api.ts";

/** The page hears it when the bell knows something newer. */
export const newsEvent = "konfirmado:news";

/** An answer comes after 25 seconds at the latest. */
const answerMsMax = 40_000;
/** Without a living question somewhere, each tab looks for itself. */
const quietMs = 60_000;
const pauseMs = { least: 1000, most: 30_000 };

type Following = { stop: () => void; tell: (state: NoticeState) => void };

/**
 * One question for all tabs of a browser: whoever has the lock asks, and tells the others. A tab
 * that hears nothing for a minute looks once. Every answer is whole, so none can be missed.
 */
export function followNews(name: string, onState: (state: NoticeState) => void): Following {
  const gone = new AbortController();
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  let last: NoticeState | null = null;
  let heardAt = 0;
  const hear = (state: NoticeState) => {
    heardAt = Date.now();
    if (state.revision === endedRevision) return gone.abort();
    if (last?.revision === state.revision) return;
    last = state;
    onState(state);
  };
  const tell = (state: NoticeState) => {
    hear(state);
    channel?.postMessage(state);
  };
  const look = async () => {
    if (gone.signal.aborted || document.visibilityState === "hidden" || Date.now() - heardAt < quietMs) return;
    const answer = await ask(undefined, gone.signal);
    if (answer && answer !== "gone") hear(answer);
  };
  channel?.addEventListener("message", ({ data }: MessageEvent<NoticeState>) => hear(data));
  const timer = setInterval(() => void look(), quietMs);
  document.addEventListener("visibilitychange", look);
  // A tab beside the one that asks hears nothing until there is news.
  const soon = setTimeout(() => void look(), 1000);
  void lead({ name, gone, known: () => last?.revision, tell });
  return {
    tell,
    stop: () => {
      gone.abort();
      clearTimeout(soon);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      channel?.close();
    },
  };
}

type Leading = { name: string; gone: AbortController; known: () => string | undefined; tell: (state: NoticeState) => void };

/** Browsers have locks only on https and on this machine. */
async function lead({ name, gone, known, tell }: Leading): Promise<void> {
  const { signal } = gone;
  const lock = "locks" in navigator ? navigator.locks : null;
  await lock
    ?.request(name, { signal }, async () => {
      for (let failures = 0; !signal.aborted; ) {
        const answer = await ask(known(), signal);
        if (answer === "gone") return;
        failures = answer ? 0 : failures + 1;
        if (answer) tell(answer);
        else await pause(Math.min(pauseMs.most, pauseMs.least * 2 ** failures) * (0.5 + Math.random()), signal);
      }
    })
    .catch(() => {});
}

/** Returns null if nobody answered, and `gone` for who has signed out or is no member any more. */
async function ask(known: string | undefined, signal: AbortSignal): Promise<NoticeState | "gone" | null> {
  try {
    const response = await fetch(`/api/notices/state${known ? `?known=${encodeURIComponent(known)}` : ""}`, {
      headers: { accept: "application/json", ...tenantHeader() },
      cache: "no-store",
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
    });
    if ([401, 403, 409].includes(response.status)) return "gone";
    return response.ok ? ((await response.json()) as NoticeState) : null;
  } catch {
    return null;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
