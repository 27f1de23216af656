import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { classNames } from "../class-names.ts";

type StepBarProps = { label: string; names: readonly string[]; position: number; className?: string };

/** Shows words on a phone, names on a wide screen. The position counts from 0. */
export function StepBar({ label, names, position, className }: StepBarProps) {
  const t = useTranslations("steps");
  return (
    <nav aria-label={label} className={classNames("mb-6", className)}>
      <p className="mb-2 text-muted text-sm sm:hidden">{t("position", { step: position + 1, total: names.length })}</p>
      <ol className="grid auto-cols-fr grid-flow-col gap-2 sm:gap-3">
        {names.map((name, index) => (
          <li key={name} aria-current={index === position ? "step" : undefined}>
            <span
              aria-hidden
              data-done={index <= position}
              className={classNames("progress-bar block h-1.5 rounded-full sm:mb-2", index <= position ? "bg-brand-ink" : "bg-line")}
            />
            <span
              className={classNames(
                "sr-only items-center gap-1.5 text-sm sm:not-sr-only sm:flex",
                index === position ? "font-semibold text-ink" : "text-muted",
              )}
            >
              {index < position && <Check aria-hidden className="size-4 text-brand-ink" />}
              {name}
              {index < position && <span className="sr-only">{t("done")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
