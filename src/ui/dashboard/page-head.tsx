import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeadProps = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; back?: { href: string; label: string } };

export function PageHead({ title, lead, actions, back }: PageHeadProps) {
  return (
    <header className="mb-6">
      {back && (
        <Link href={back.href} prefetch={false} className="-ml-1 inline-flex min-h-11 items-center gap-1 text-muted hover:text-ink">
          <ChevronLeft aria-hidden className="size-4" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="font-bold text-2xl sm:text-3xl">
            {title}
          </h1>
          {lead && <p className="mt-1 max-w-2xl text-muted">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  );
}
