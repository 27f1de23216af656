"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react";

/** Arrow keys go from booking to booking, Enter opens one; a press anywhere on a row does too. */
export function RowKeys({ children }: { children: ReactNode }) {
  const around = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    // What the width hides is not there.
    const links = [...(around.current?.querySelectorAll<HTMLElement>("[data-row] a") ?? [])].filter((link) => link.offsetParent !== null);
    const here = links.indexOf(document.activeElement as HTMLElement);
    const next = links[here + step];
    if (here === -1 || !next) return;
    event.preventDefault();
    next.focus();
  }

  function open(event: MouseEvent) {
    const target = event.target as HTMLElement;
    if (target.closest("a, button") || window.getSelection()?.toString()) return;
    target.closest("tr[data-row]")?.querySelector("a")?.click();
  }

  return (
    // The links inside are what is pressed; this only spares a precise aim.
    // biome-ignore lint/a11y/noStaticElementInteractions: each row has its own link
    <div ref={around} onKeyDown={move} onClick={open}>
      {children}
    </div>
  );
}
