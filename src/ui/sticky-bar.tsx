import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type StickyBarProps = { notice?: ReactNode; className?: string; children: ReactNode };

/** Keeps the next step within a thumb's reach. `notice` is above it, where the eye is. */
export function StickyBar({ notice, className, children }: StickyBarProps) {
  return (
    <div className={classNames("sticky bottom-0 z-10 -mx-4 mt-auto sm:-mx-6", className)}>
      <div className="mt-10 space-y-3 border-line border-t bg-card/95 px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] shadow-[0_-4px_16px_rgb(0_0_0/0.05)] backdrop-blur sm:rounded-t-2xl sm:border-x sm:px-6">
        {notice}
        <div className="flex items-center justify-between gap-4">{children}</div>
      </div>
    </div>
  );
}
