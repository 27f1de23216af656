import type { ReactNode } from "react";
import { Card } from "#ui/card.tsx";

/** A small card beside the day. */
export function Panel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card aria-labelledby={id} data-testid={`today-${id}`} className="space-y-3 sm:p-5">
      <h2 id={id} className="font-semibold text-lg">
        {title}
      </h2>
      {children}
    </Card>
  );
}

/** 44 pixels high, and as wide as its card. */
export const panelLink = "flex min-h-11 flex-col justify-center rounded-lg font-medium text-brand-ink underline underline-offset-4";
