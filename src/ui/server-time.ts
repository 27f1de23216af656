/**
 * The server's time in the browser, because a phone's clock may be wrong. The document carries it
 * (`<html data-server-now>`). It is read once: a page restored by Back is older than it says.
 * After a sleep, or when the clock was set, the server is asked again.
 */
let offsetMs: number | undefined;
let lastLook: { wall: number; steady: number } | undefined;

/** The wall clock and the steady one drift by less than this in the time between two looks. */
const jumpMs = 2_000;
const timeoutMs = 5_000;

/** Milliseconds since the epoch by the server's clock. Browser only. */
export function serverNow(): number {
  offsetMs ??= offsetOfDocument();
  return Date.now() + offsetMs;
}

/** True if the clock was set, or the machine slept, since the last time somebody asked. */
export function hasClockJumped(): boolean {
  const look = { wall: Date.now(), steady: performance.now() };
  const before = lastLook ?? look;
  lastLook = look;
  return Math.abs(look.wall - before.wall - (look.steady - before.steady)) > jumpMs;
}

/** Reads the server's time again. Without an answer the last known offset stays. */
export async function readServerTime(): Promise<void> {
  const askedAt = performance.now();
  const answer = await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(timeoutMs) }).catch(() => null);
  const told = Number(answer?.headers.get("x-server-time") ?? Number.NaN);
  if (Number.isNaN(told)) return;
  const travelMs = (performance.now() - askedAt) / 2;
  offsetMs = told + travelMs - Date.now();
}

/** Never negative. */
export function secondsUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
}

/** Not by `performance.timeOrigin`: it lags behind the clock by as long as the machine slept. */
function offsetOfDocument(): number {
  const sentAt = Number(document.documentElement.dataset.serverNow);
  const [navigation] = performance.getEntriesByType("navigation");
  if (!Number.isFinite(sentAt) || sentAt === 0 || !(navigation instanceof PerformanceNavigationTiming)) return 0;
  return sentAt - (Date.now() - (performance.now() - navigation.responseStart));
}
