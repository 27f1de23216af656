"use client";

import { classNames } from "../class-names.ts";
import { useProviderName } from "./use-provider-name.ts";

type ProviderChoiceProps = { providers: { id: string }[]; chosen: string; onChoose: (id: string) => void; legend: string };

/** Asks nothing when there is only one provider. */
export function ProviderChoice({ providers, chosen, onChoose, legend }: ProviderChoiceProps) {
  const nameOf = useProviderName();
  if (providers.length < 2) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {providers.map(({ id }) => (
          <label
            key={id}
            className={classNames(
              "flex min-h-12 items-center gap-3 rounded-xl border-2 px-4 py-2 has-focus-visible:outline-3 has-focus-visible:outline-brand-ink has-focus-visible:outline-offset-2",
              id === chosen ? "border-brand-ink bg-brand-soft font-semibold" : "border-line bg-card hover:border-edge",
            )}
          >
            <input
              type="radio"
              name="provider"
              value={id}
              checked={id === chosen}
              onChange={() => onChoose(id)}
              className="size-5 accent-(--brand-ink) outline-none"
            />
            {nameOf(id)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
