"use client";

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";

type FoldedProps = { label: string; isOpenAtFirst: boolean; children: ReactNode };

/** Fields of the grid around them. On phones a press shows them: most people only search. */
export function Folded({ label, isOpenAtFirst, children }: FoldedProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className={buttonStyles({ look: "outline", className: "sm:hidden" })}
      >
        <SlidersHorizontal aria-hidden className="size-5" />
        {label}
      </button>
      <div className={classNames("gap-4 sm:contents", isOpen ? "grid" : "hidden")}>{children}</div>
    </>
  );
}
