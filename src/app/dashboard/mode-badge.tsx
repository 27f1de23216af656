import { useTranslations } from "next-intl";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { Badge } from "#ui/badge.tsx";
import { classNames } from "#ui/class-names.ts";

/** On every page: whether what is paid is real. */
export function ModeBadge({ mode }: { mode: FirstRun["mode"] }) {
  const t = useTranslations("dashboard.mode");
  if (mode === "none") return null;
  return (
    <Badge
      className={classNames(
        "max-w-full whitespace-nowrap px-2 py-0.5 text-xs sm:px-2.5 sm:py-1 sm:text-sm",
        mode === "test" ? "bg-warn-soft text-warn" : "bg-good-soft text-good",
      )}
      data-testid="mode-badge"
      data-mode={mode}
    >
      {t(mode)}
    </Badge>
  );
}
