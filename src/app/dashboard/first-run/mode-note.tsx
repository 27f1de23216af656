import { useTranslations } from "next-intl";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { Alert } from "#ui/alert.tsx";

const tones = { none: "warn", test: "warn", production: "good" } as const;

/** Test and production are two states that nobody can mistake. */
export function ModeNote({ mode }: { mode: FirstRun["mode"] }) {
  const t = useTranslations("firstRun.mode");
  return (
    <Alert tone={tones[mode]} title={t(mode)} data-testid="mode" data-mode={mode}>
      <p>{t(`${mode}Text`)}</p>
    </Alert>
  );
}
