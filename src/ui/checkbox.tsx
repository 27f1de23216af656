import type { ComponentProps, ReactNode } from "react";
import { FieldProblem } from "./field.tsx";

type CheckboxProps = ComponentProps<"input"> & { name: string; problem?: string | undefined; children: ReactNode };

export function Checkbox({ name, problem, children, ...rest }: CheckboxProps) {
  return (
    <div className="space-y-1.5">
      <label className="flex min-h-11 items-start gap-3 py-2">
        <input
          id={name}
          name={name}
          type="checkbox"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${name}-problem` : undefined}
          className="mt-0.5 size-5 shrink-0 accent-(--brand-ink)"
          {...rest}
        />
        <span>{children}</span>
      </label>
      <FieldProblem name={name} problem={problem} />
    </div>
  );
}
