import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { FieldProblem } from "../field.tsx";

type Labelled = { name: string; label: ReactNode; hint?: ReactNode; problem?: string | undefined };

const shape = "block min-h-12 w-full rounded-xl border border-edge bg-card px-4 py-2.5 text-base";
const describedBy = ({ name, hint, problem }: Labelled) =>
  [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(" ") || undefined;

export function Select({ label, hint, problem, className, children, ...rest }: Labelled & Omit<ComponentProps<"select">, "name">) {
  return (
    <Around {...{ name: rest.name, label, hint, problem }}>
      <select
        id={rest.name}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy({ name: rest.name, label, hint, problem })}
        className={classNames(shape, problem && "border-2 border-bad", className)}
        {...rest}
      >
        {children}
      </select>
    </Around>
  );
}

export function TextArea({ label, hint, problem, className, ...rest }: Labelled & Omit<ComponentProps<"textarea">, "name">) {
  return (
    <Around {...{ name: rest.name, label, hint, problem }}>
      <textarea
        id={rest.name}
        rows={4}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy({ name: rest.name, label, hint, problem })}
        className={classNames(shape, problem && "border-2 border-bad", className)}
        {...rest}
      />
    </Around>
  );
}

/** On or off at once. In a form that is saved later, a Checkbox says it better. */
export function Switch({ label, hint, isOn, onChange, ...rest }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      onClick={() => onChange(!isOn)}
      className="flex min-h-11 w-full items-center justify-between gap-4 rounded-xl py-1 text-left"
      {...rest}
    >
      <span>
        <span className="block font-medium">{label}</span>
        {hint && <span className="block text-muted text-sm">{hint}</span>}
      </span>
      <span
        aria-hidden
        className={classNames("flex h-7 w-12 shrink-0 rounded-full border border-edge p-0.5", isOn ? "bg-brand" : "bg-paper")}
      >
        <span className={classNames("size-5.5 rounded-full border border-edge bg-white transition-transform", isOn && "translate-x-5")} />
      </span>
    </button>
  );
}
type SwitchProps = Omit<ComponentProps<"button">, "onChange"> & {
  label: ReactNode;
  hint?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
};

function Around({ name, label, hint, problem, children }: Labelled & { children: ReactNode }) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={name} className="block font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${name}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      <FieldProblem name={name} problem={problem} />
    </div>
  );
}
