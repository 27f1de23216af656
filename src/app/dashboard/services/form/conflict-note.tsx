import { useTranslations } from "next-intl";
import { Alert } from "#ui/alert.tsx";
import type { DraftKey } from "./draft.ts";
import type { Merged } from "./merge.ts";

/** Somebody else saved meanwhile: what now stands on this page, and what does not yet. */
export function ConflictNote({ taken, disputed }: Pick<Merged, "taken" | "disputed">) {
  const t = useTranslations("services.form");
  const names = (keys: readonly DraftKey[]) => keys.map((key) => t(`fields.${key}`)).join(", ");
  return (
    <Alert tone="warn" role="alert" title={t("conflict.title")} data-testid="conflict">
      {taken.length > 0 && <p>{t("conflict.taken", { fields: names(taken) })}</p>}
      {disputed.length > 0 && <p>{t("conflict.disputed", { fields: names(disputed) })}</p>}
      <p>{t("conflict.next")}</p>
    </Alert>
  );
}
