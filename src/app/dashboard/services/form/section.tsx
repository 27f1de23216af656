import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "#ui/card.tsx";
import type { Draft, Setter } from "./draft.ts";

/** What every section of the form gets. */
export type FormParts = {
  draft: Draft;
  set: Setter;
  /** In words, if the server refuses this field of the API or a part of it. */
  problem: (field: string) => string | undefined;
  currency: string;
  /** A full tag such as `es-CO`. */
  locale: string;
};

export function FormSection({ id, title, lead, children }: { id: string; title: string; lead?: string; children: ReactNode }) {
  return (
    <Card aria-labelledby={`${id}-title`} className="space-y-5">
      <div>
        <h2 id={`${id}-title`} className="font-semibold text-xl">
          {title}
        </h2>
        {lead && <p className="mt-1 text-muted">{lead}</p>}
      </div>
      {children}
    </Card>
  );
}

/** A setting that another one makes idle says so where it stands. */
export function Idle({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2 rounded-xl bg-paper px-4 py-3 text-muted text-sm">
      <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

type RadiosProps<Value extends string> = {
  name: string;
  legend: string;
  chosen: Value;
  choices: readonly { value: Value; label: string; hint?: string }[];
  onChoose: (value: Value) => void;
};

export function Radios<Value extends string>({ name, legend, chosen, choices, onChoose }: RadiosProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="space-y-1">
        {choices.map(({ value, label, hint }) => (
          <label key={value} className="flex min-h-11 items-start gap-3 py-2">
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="mt-0.5 size-5 shrink-0 accent-(--brand-ink)"
            />
            <span>
              {label}
              {hint && <span className="block text-muted text-sm">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
