/**
 * The server's time in the browser: a wrong clock on a phone must not shorten or stretch a countdown.
 * The document carries the server's time (`<html data-server-now>`), read once, because a page restored by Back is older than it says.
 */
let offsetMs: number | undefined;

/** Milliseconds since the epoch by the server's clock. Browser only. */
export function serverNow(): number {
  offsetMs ??= measureOffset();
  return Date.now() + offsetMs;
}

/** Seconds until an instant, never negative. */
export function secondsUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
}

function measureOffset(): number {
  const sentAt = Number(document.documentElement.dataset.serverNow);
  const [navigation] = performance.getEntriesByType("navigation");
  if (!Number.isFinite(sentAt) || sentAt === 0 || !(navigation instanceof PerformanceNavigationTiming)) return 0;
  return sentAt - (performance.timeOrigin + navigation.responseStart);
}
