import type { Context } from "hono";
import type { MemberCaller } from "#contracts/caller.ts";
import { noticeWaitMs } from "#contracts/notices/limits.ts";
import type { NoticeState } from "#contracts/notices/notices.ts";
import { Refusal } from "#contracts/problem.ts";
import { signedIn } from "#platform/auth.ts";
import { onChange } from "#platform/changes.ts";
import { loadNoticeState } from "#queries/notices/notices.ts";
import { takeStream } from "./limits.ts";
import { merchantCaller } from "./merchant-callers.ts";
import type { HttpEnv } from "./requests.ts";

/** Where somebody waits for news. listen.ts ends these when the process stops. */
export const noticeStatePath = "/api/notices/state";

/**
 * Answers at once if the bell is not as the page knows it, else at the next change, or after 25
 * seconds. It waits without a query. Who has signed out, or is no member any more, is refused then.
 */
export async function waitForNotices(c: Context<HttpEnv>, caller: MemberCaller, known: string | undefined): Promise<NoticeState> {
  const state = await loadNoticeState(caller);
  if (state.revision !== known) return state;
  const giveBack = takeStream(c, `member:${caller.memberId}`);
  const person = await signedIn(c.req.raw.headers);
  const news = listenFor([caller.tenantId, caller.memberId, person?.personId ?? caller.memberId], c.req.raw.signal);
  try {
    const until = Date.now() + noticeWaitMs;
    for (let now = state; ; ) {
      // Again: it may have changed before anybody listened.
      now = await loadNoticeState(await memberStill(c, caller));
      if (now.revision !== known || Date.now() >= until || c.req.raw.signal.aborted) return now;
      await news.next(until - Date.now());
    }
  } finally {
    news.stop();
    giveBack();
  }
}

/** Refuses: unauthorized, tenant_missing, forbidden. */
async function memberStill(c: Context<HttpEnv>, { memberId }: MemberCaller): Promise<MemberCaller> {
  const caller = await merchantCaller(c, ["member"], "bookings.read");
  // They may belong to another merchant, whose bell is another.
  if (caller.kind !== "member" || caller.memberId !== memberId) throw new Refusal("tenant_missing");
  return caller;
}

type News = { next: (msMax: number) => Promise<void>; stop: () => void };

/** What comes while nobody asks is kept for the next who does. */
function listenFor(keys: readonly string[], gone: AbortSignal): News {
  let wake: () => void = () => {};
  let isNews = false;
  const ring = () => {
    isNews = true;
    wake();
  };
  const stops = [...new Set(keys)].map((key) => onChange("konfirmado_notices", key, ring));
  gone.addEventListener("abort", ring, { once: true });
  return {
    next: (msMax) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(done, msMax);
        function done() {
          clearTimeout(timer);
          isNews = false;
          wake = () => {};
          resolve();
        }
        wake = done;
        if (isNews) done();
      }),
    stop: () => {
      for (const stop of stops) stop();
      gone.removeEventListener("abort", ring);
    },
  };
}
