import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** A list with nothing in it says what belongs there and how to begin. */
export function Empty({ icon: Icon, title, text, children }: { icon: LucideIcon; title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center rounded-2xl border border-edge border-dashed px-6 py-12 text-center">
      <Icon aria-hidden className="size-9 text-brand-ink" />
      <h2 className="mt-4 font-semibold text-lg">{title}</h2>
      <p className="mt-1 max-w-md text-muted">{text}</p>
      {children && <div className="mt-6 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
