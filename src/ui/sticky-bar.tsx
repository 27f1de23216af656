import type { ReactNode } from "react";

/** The next step, always within reach of a thumb. */
export function StickyBar({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-auto sm:-mx-6">
      <div className="mt-10 flex items-center justify-between gap-4 border-line border-t bg-card/95 px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] shadow-[0_-4px_16px_rgb(0_0_0/0.05)] backdrop-blur sm:rounded-t-2xl sm:border-x sm:px-6">
        {children}
      </div>
    </div>
  );
}
