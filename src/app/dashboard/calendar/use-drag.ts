"use client";

import { type PointerEvent, type RefObject, useState } from "react";
import type { CalendarEntry } from "#contracts/desk/calendar.ts";

export type Dropped = { entry: CalendarEntry; columnKey: string; minutes: number };
type Ghost = { columnKey: string; minutes: number; lengthMinutes: number };
type Drag = {
  frame: RefObject<HTMLElement | null>;
  firstMinute: number;
  pixelsPerMinute: number;
  stepMinutes: number;
  onDrop: (dropped: Dropped) => void;
};

/** Less than this is a press and opens the entry. */
const movedPixels = 6;

/**
 * Drags an entry by mouse or pen to another column or time. A finger scrolls instead, and has the
 * dialog. Escape gives up.
 */
export function useDrag({ frame, firstMinute, pixelsPerMinute, stepMinutes, onDrop }: Drag) {
  const [ghost, setGhost] = useState<Ghost | null>(null);

  function grab(event: PointerEvent, entry: CalendarEntry): void {
    if (event.pointerType === "touch" || event.button !== 0) return;
    const [startX, startY] = [event.clientX, event.clientY];
    const grabbedMinutes = (startY - event.currentTarget.getBoundingClientRect().top) / pixelsPerMinute;
    const lengthMinutes = (Date.parse(entry.end) - Date.parse(entry.start)) / 60_000;
    let at: Ghost | null = null;

    const onMove = (moved: globalThis.PointerEvent) => {
      if (!at && Math.hypot(moved.clientX - startX, moved.clientY - startY) < movedPixels) return;
      const place = placeAt(moved.clientX, moved.clientY - grabbedMinutes * pixelsPerMinute);
      if (place) at = { ...place, lengthMinutes };
      setGhost(at);
    };
    const end = () => {
      removeEventListener("pointermove", onMove);
      removeEventListener("pointerup", onUp);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", onKey);
      setGhost(null);
    };
    const onUp = () => {
      end();
      if (!at) return;
      swallowClick();
      onDrop({ entry, columnKey: at.columnKey, minutes: at.minutes });
    };
    const onKey = (pressed: KeyboardEvent) => {
      if (pressed.key === "Escape") end();
    };
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", onUp);
    addEventListener("pointercancel", end);
    addEventListener("keydown", onKey);
  }

  function placeAt(x: number, y: number): { columnKey: string; minutes: number } | null {
    for (const column of frame.current?.querySelectorAll<HTMLElement>("[data-column]") ?? []) {
      const box = column.getBoundingClientRect();
      if (x < box.left || x >= box.right) continue;
      const minutes = firstMinute + (y - box.top) / pixelsPerMinute;
      return { columnKey: column.dataset["column"] ?? "", minutes: Math.max(0, Math.round(minutes / stepMinutes) * stepMinutes) };
    }
    return null;
  }

  return { ghost, grab };
}

/** The click that a drag ends with must open nothing. It comes at once, or never. */
function swallowClick(): void {
  const swallow = (click: Event) => click.stopPropagation();
  addEventListener("click", swallow, { capture: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}
