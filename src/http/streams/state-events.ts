import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { Refusal } from "#contracts/problem.ts";
import { onChange } from "#platform/changes.ts";
import { logger } from "#platform/logger.ts";
import { takeStream } from "../limits.ts";
import type { HttpEnv } from "../requests.ts";

const heartbeatMs = 15_000;
/** Makes up for a lost notification. Browsers reconnect alone. */
const lookEveryMs = 5000;
const openMsMax = 15 * 60_000;

type Watched = {
  checkoutId: string;
  /** What its page shows. Refuses whoever may not see it. */
  load: () => Promise<object>;
};

/** Sends a checkout's state at once and after every change. Refuses as `load` does. */
export async function stateEvents(c: Context<HttpEnv>, { checkoutId, load }: Watched): Promise<Response> {
  let last = JSON.stringify(await load());
  c.header("x-accel-buffering", "no");
  // Nobody reads the stream of a HEAD, so nobody would ever close it.
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
  const giveBack = takeStream(c);
  return streamSSE(c, async (stream) => {
    const openedAt = Date.now();
    let wake: () => void = () => {};
    // Starts as true: the state may have changed since it was loaded, and may change while loading.
    let isChanged = true;
    const stop = onChange("konfirmado_checkout", checkoutId, () => {
      isChanged = true;
      wake();
    });
    stream.onAbort(() => {
      stop();
      giveBack();
      wake();
    });
    try {
      await stream.writeSSE({ event: "state", data: last });
      let lastWrite = Date.now();
      while (!stream.aborted && Date.now() - openedAt < openMsMax) {
        await new Promise<void>((resolve) => {
          if (isChanged) return resolve();
          const timer = setTimeout(resolve, lookEveryMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        if (stream.aborted) break;
        isChanged = false;
        const now = JSON.stringify(await load());
        if (now !== last) {
          last = now;
          await stream.writeSSE({ event: "state", data: now });
          lastWrite = Date.now();
        } else if (Date.now() - lastWrite > heartbeatMs) {
          await stream.write(": still here\n\n");
          lastWrite = Date.now();
        }
      }
    } catch (error) {
      // The stream ends. The browser reconnects alone and then gets a proper answer.
      if (!(error instanceof Refusal)) logger().warn({ error }, "an event stream failed");
    } finally {
      stop();
      giveBack();
    }
  });
}
