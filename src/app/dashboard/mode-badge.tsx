import { useTranslations } from "next-intl";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { Badge } from "#ui/badge.tsx";

/** On every page: whether what is paid is real. */
export function ModeBadge({ mode }: { mode: FirstRun["mode"] }) {
  const t = useTranslations("dashboard.mode");
  if (mode === "none") return null;
  return (
    <Badge className={mode === "test" ? "bg-warn-soft text-warn" : "bg-good-soft text-good"} data-testid="mode-badge" data-mode={mode}>
      {t(mode)}
    </Badge>
  );
}
