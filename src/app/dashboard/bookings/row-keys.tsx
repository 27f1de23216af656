"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Arrow keys go from booking to booking, Enter opens one; a press anywhere on a row does too. */
export function RowKeys({ children }: { children: ReactNode }) {
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const rows = around.current;
    if (!rows) return;
    const onKey = (event: KeyboardEvent) => move(rows, event);
    rows.addEventListener("keydown", onKey);
    rows.addEventListener("click", open);
    return () => {
      rows.removeEventListener("keydown", onKey);
      rows.removeEventListener("click", open);
    };
  }, []);
  return <div ref={around}>{children}</div>;
}

function move(rows: HTMLElement, event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  // What the width hides is not there.
  const links = [...rows.querySelectorAll<HTMLElement>("[data-row] a")].filter((link) => link.offsetParent !== null);
  const here = links.indexOf(document.activeElement as HTMLElement);
  const next = links[here + step];
  if (here === -1 || !next) return;
  event.preventDefault();
  next.focus();
}

/** The row's link is what is pressed; this only spares a precise aim. */
function open({ target }: MouseEvent): void {
  if (!(target instanceof Element) || target.closest("a, button") || window.getSelection()?.toString()) return;
  target.closest("tr[data-row]")?.querySelector("a")?.click();
}
