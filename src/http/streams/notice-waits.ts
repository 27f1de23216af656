import type { Context } from "hono";
import type { MemberCaller } from "#contracts/caller.ts";
import { endedRevision, noticeWaitMs } from "#contracts/notices/limits.ts";
import type { NoticeState } from "#contracts/notices/notices.ts";
import { Refusal } from "#contracts/problem.ts";
import { signedIn } from "#platform/auth.ts";
import { onChange } from "#platform/changes.ts";
import { loadNoticeState } from "#queries/notices/notices.ts";
import { takeStream } from "../limits.ts";
import { merchantCaller } from "../merchant-callers.ts";
import type { HttpEnv } from "../requests.ts";

/** Where somebody waits for news. listen.ts ends these when the process stops. */
export const noticeStatePath = "/api/notices/state";

/**
 * Answers at once if the bell is not as the page knows it, else at the next change, or after 25
 * seconds. It waits without a query. Whoever signs out or is removed meanwhile is told to stop.
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
      const member = await memberStill(c, caller);
      if (!member) return ended;
      now = await loadNoticeState(member);
      if (now.revision !== known || Date.now() >= until || c.req.raw.signal.aborted) return now;
      await news.next(until - Date.now());
    }
  } finally {
    news.stop();
    giveBack();
  }
}

/** It says nothing of the merchant any more. */
const ended: NoticeState = { unread: 0, newBookings: [], latest: 0, revision: endedRevision };

/** Returns null once they have signed out, or are no member of this merchant. */
async function memberStill(c: Context<HttpEnv>, { memberId }: MemberCaller): Promise<MemberCaller | null> {
  try {
    const caller = await merchantCaller(c, ["member"], "bookings.read");
    // They may belong to another merchant, whose bell is another.
    return caller.kind === "member" && caller.memberId === memberId ? caller : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
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
