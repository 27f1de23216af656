/**
 * The server's time in the browser, because a phone's clock may be wrong. The document carries it
 * (`<html data-server-now>`). It is read once: a page restored by Back is older than it says.
 */
let offsetMs: number | undefined;

/** Milliseconds since the epoch by the server's clock. Browser only. */
export function serverNow(): number {
  offsetMs ??= measureOffset();
  return Date.now() + offsetMs;
}

/** Never negative. */
export function secondsUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
}

function measureOffset(): number {
  const sentAt = Number(document.documentElement.dataset.serverNow);
  const [navigation] = performance.getEntriesByType("navigation");
  if (!Number.isFinite(sentAt) || sentAt === 0 || !(navigation instanceof PerformanceNavigationTiming)) return 0;
  return sentAt - (performance.timeOrigin + navigation.responseStart);
}
