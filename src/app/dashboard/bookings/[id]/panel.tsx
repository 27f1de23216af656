import type { ReactNode } from "react";
import { Card } from "#ui/card.tsx";

type PanelProps = { id: string; title: ReactNode; hint?: ReactNode; children: ReactNode };

/** One part of a booking's page, under its heading. */
export function Panel({ id, title, hint, children }: PanelProps) {
  return (
    <Card aria-labelledby={id} data-testid={id} className="space-y-4 sm:p-6">
      <div>
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {hint && <p className="text-muted text-sm">{hint}</p>}
      </div>
      {children}
    </Card>
  );
}

type Line = { name: ReactNode; value: ReactNode } | false | null;

/** Names and values in two columns; on a phone below each other. */
export function Facts({ lines }: { lines: readonly Line[] }) {
  return (
    <dl className="grid gap-x-5 gap-y-2 sm:grid-cols-[minmax(8rem,max-content)_1fr]">
      {lines.map(
        (line, index) =>
          line && (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one list keep their order
            <div key={index} className="contents">
              <dt className="text-muted">{line.name}</dt>
              <dd className="mb-1 min-w-0 break-words sm:mb-0">{line.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
