import { serverNow } from "../server-time.ts";

let changedAt = 0;

/** This tab has changed something at the server, so pages made before are out of date. */
export function noteChange(): void {
  changedAt = serverNow();
}

/** Compares milliseconds. */
export function isOlderThanLastChange(renderedAt: number): boolean {
  return renderedAt < changedAt;
}
