import type { ReactNode } from "react";
import { Card } from "#ui/card.tsx";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";

type AccountCardProps = { title: string; lead?: ReactNode; children: ReactNode; below?: ReactNode };

export function AccountCard({ title, lead, children, below }: AccountCardProps) {
  return (
    <>
      <Card>
        <FocusHeading change={title} className="font-bold text-2xl">
          {title}
        </FocusHeading>
        {lead && <p className="mt-2 text-muted">{lead}</p>}
        <div className="mt-6 space-y-5">{children}</div>
      </Card>
      {below && <p className="mt-6 text-center text-muted">{below}</p>}
    </>
  );
}

export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="inline-flex min-h-11 items-center font-medium text-brand-ink underline underline-offset-4">
      {children}
    </a>
  );
}
