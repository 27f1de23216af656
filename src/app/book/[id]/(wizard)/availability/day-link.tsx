"use client";

import { useSearchParams } from "next/navigation";
import { type ComponentProps, useEffect, useRef } from "react";
import { pressed } from "#ui/pressed.ts";

type DayLinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & { date: string; onChoose: (date: string) => void };

/**
 * A link and no button: whoever presses before React listens gets the day from the server. So does
 * a press before Next watches the address, which it begins to do in the first effects.
 */
export function DayLink({ date, onChoose, ...props }: DayLinkProps) {
  const search = useSearchParams();
  const isWatched = useRef(false);
  useEffect(() => {
    isWatched.current = true;
  }, []);
  return <a {...props} href={addressOf(date, search)} onClick={(event) => isWatched.current && pressed(event, () => onChoose(date))} />;
}

/** The same page on another day. */
export function addressOf(date: string, search: URLSearchParams): string {
  const next = new URLSearchParams(search);
  next.set("day", date);
  return `?${next}`;
}
