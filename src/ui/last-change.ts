import { serverNow } from "./server-time.ts";

let changedAt = 0;

/** This tab has just changed something at the server: pages made before are out of date. */
export function noteChange(): void {
  changedAt = serverNow();
}

/** True for a page that the server made before this tab's last change. Milliseconds. */
export function isOlderThanLastChange(renderedAt: number): boolean {
  return renderedAt < changedAt;
}
