import { CircleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

type FieldProps = ComponentProps<"input"> & { name: string; label: ReactNode; hint?: ReactNode; problem?: string | undefined };

/** Ties the hint and the problem to the input, for screen readers. */
export function Field({ name, label, hint, problem, className, ...rest }: FieldProps) {
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(" ");
  return (
    <div className="space-y-1.5">
      <label htmlFor={name} className="block font-medium">
        {label}
      </label>
      <input
        id={name}
        name={name}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        className={classNames(
          "block min-h-12 w-full rounded-xl border border-edge bg-card px-4 py-2.5 text-base",
          problem && "border-2 border-bad",
          className,
        )}
        {...rest}
      />
      {hint && (
        <p id={`${name}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      <FieldProblem name={name} problem={problem} />
    </div>
  );
}

export function FieldProblem({ name, problem }: { name: string; problem: string | undefined }) {
  if (!problem) return null;
  return (
    <p id={`${name}-problem`} className="flex gap-1.5 font-medium text-bad text-sm">
      <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
      {problem}
    </p>
  );
}
