import { Check } from "lucide-react";
import { classNames } from "#ui/class-names.ts";

/** A chosen ring also gets a tick, so that colour is not the only sign. */
export function ChoiceMark({ isChosen }: { isChosen: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "grid size-6 shrink-0 place-items-center rounded-full border-2",
        isChosen ? "border-brand-ink bg-brand-ink text-white" : "border-edge bg-card",
      )}
    >
      {isChosen && <Check className="size-4" strokeWidth={3} />}
    </span>
  );
}

export function choiceCardStyles(isChosen: boolean): string {
  return classNames(
    "choice-card flex h-full rounded-2xl border-2 bg-card text-left transition-colors",
    isChosen ? "border-brand-ink bg-brand-soft" : "border-line hover:border-edge",
  );
}
