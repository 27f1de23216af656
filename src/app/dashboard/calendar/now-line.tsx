"use client";

import { wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import type { Stretch } from "./grid.ts";

type NowLineProps = { hours: Stretch; timezone: string; renderedAt: number; pixelsPerMinute: number };

export function NowLine({ hours, timezone, renderedAt, pixelsPerMinute }: NowLineProps) {
  const { minutes } = wallTimeOf(useServerTime(renderedAt), timezone);
  if (minutes < hours.from || minutes > hours.until) return null;
  const top = (minutes - hours.from) * pixelsPerMinute;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 z-10 border-bad border-t-2" style={{ top }} data-testid="now-line" />
  );
}
