import { CircleHelp } from "lucide-react";
import type { ReactNode } from "react";

/** Says that a page cannot be shown, and what to do next. */
export function ProblemPage({ title, text, children }: { title: ReactNode; text: ReactNode; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-lg grow flex-col items-center justify-center py-12 text-center">
      <CircleHelp aria-hidden className="mb-5 size-12 text-brand-ink" />
      <h1 className="font-bold text-2xl sm:text-3xl">{title}</h1>
      <p className="mt-3 text-muted">{text}</p>
      {children && <div className="mt-7 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
