"use client";

import { useTranslations } from "next-intl";
import { Alert, Problem } from "../alert.tsx";
import { Button } from "../button.tsx";
import type { Saving } from "./use-saving.ts";

/** Ends a form: what went wrong, and the button. A conflict offers what somebody else saved. */
export function SaveBar({ saving, label }: { saving: Saving; label?: string }) {
  const t = useTranslations("dashboard");
  return (
    <div className="space-y-4">
      {saving.code === "changed_meanwhile" ? (
        <Alert tone="warn" role="alert">
          <p>{saving.problem}</p>
          <Button look="outline" onClick={() => window.location.reload()}>
            {t("reload")}
          </Button>
        </Alert>
      ) : (
        <Problem text={saving.problem} />
      )}
      <Button type="submit" busyText={saving.isSaving ? t("saving") : undefined} data-testid="save">
        {label ?? t("save")}
      </Button>
    </div>
  );
}
