import type { MouseEvent } from "react";

/** A link that a plain press follows by `go`; other presses open it in a tab, as links do. */
export function pressed(event: MouseEvent, go: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go();
}
