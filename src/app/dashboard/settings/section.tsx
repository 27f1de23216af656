import type { ReactNode } from "react";
import { Card } from "#ui/card.tsx";

/** A group of settings under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="space-y-5">
      <h2 className="font-semibold text-lg">{title}</h2>
      {children}
    </Card>
  );
}
