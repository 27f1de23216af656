import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { classNames } from "../class-names.ts";

const steps = ["service", "time", "details", "payment"] as const;
export type Step = (typeof steps)[number];

/** Shows words on a phone, names on a wide screen. A free booking never mentions payment. */
export function Steps({ current, isFree = false }: { current: Step; isFree?: boolean }) {
  const t = useTranslations("steps");
  const position = steps.indexOf(current);
  return (
    <nav aria-label={t("label")} className="mb-6">
      <p className="mb-2 text-muted text-sm sm:hidden">{t("position", { step: position + 1, total: steps.length })}</p>
      <ol className="grid grid-cols-4 gap-2 sm:gap-3">
        {steps.map((step, index) => (
          <li key={step} aria-current={step === current ? "step" : undefined}>
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
              {t(step === "payment" && isFree ? "confirmation" : step)}
              {index < position && <span className="sr-only">{t("done")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
