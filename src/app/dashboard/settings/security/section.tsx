import type { ReactNode } from "react";
import { Card } from "#ui/card.tsx";

export function Section({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <Card>
      <h2 className="font-semibold text-lg">{title}</h2>
      {lead && <p className="mt-1 text-muted">{lead}</p>}
      <div className="mt-5 space-y-5">{children}</div>
    </Card>
  );
}
