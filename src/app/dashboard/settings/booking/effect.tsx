import { Info } from "lucide-react";
import type { ReactNode } from "react";

export function Effect({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p role="status" data-testid={`effect-${id}`} className="flex gap-2 rounded-xl bg-paper p-3 text-sm">
      <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-brand-ink" />
      {children}
    </p>
  );
}
