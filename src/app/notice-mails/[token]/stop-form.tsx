"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";

/** One press stops the mails, another one takes it back. */
export function StopForm({ token, isWanted }: { token: string; isWanted: boolean }) {
  const t = useTranslations("notices.unsubscribe");
  const saving = useSaving();
  const [state, setState] = useState<"wanted" | "stopped" | "resumed">(isWanted ? "wanted" : "stopped");
  const busyText = saving.isSaving ? t("stopping") : undefined;
  const mails = api["notice-mails"][":token"];
  const stop = () =>
    saving.save(
      () => answerOf(mails.$post({ param: { token } })),
      () => setState("stopped"),
    );
  const resume = () =>
    saving.save(
      () => answerOf(mails.again.$post({ param: { token } })),
      () => setState("resumed"),
    );
  return (
    <div className="space-y-4" data-testid="unsubscribe" data-state={state}>
      {state !== "wanted" && (
        <Alert tone="good" role="status">
          <p>{t(state)}</p>
        </Alert>
      )}
      <Problem text={saving.problem} />
      {state === "stopped" ? (
        <Button look="outline" wide onClick={resume} busyText={busyText}>
          {t("again")}
        </Button>
      ) : (
        <Button wide onClick={stop} busyText={busyText}>
          {t("stop")}
        </Button>
      )}
    </div>
  );
}
