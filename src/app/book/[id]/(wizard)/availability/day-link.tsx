"use client";

import { useSearchParams } from "next/navigation";
import type { ComponentProps } from "react";

type DayLinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & { date: string; onChoose: (date: string) => void };

/** A link and no button: whoever presses before React listens gets the day from the server. */
export function DayLink({ date, onChoose, ...props }: DayLinkProps) {
  const search = useSearchParams();
  return (
    <a
      {...props}
      href={addressOf(date, search)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onChoose(date);
      }}
    />
  );
}

/** The same page on another day. */
export function addressOf(date: string, search: URLSearchParams): string {
  const next = new URLSearchParams(search);
  next.set("day", date);
  return `?${next}`;
}
