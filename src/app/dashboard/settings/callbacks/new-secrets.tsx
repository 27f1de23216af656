"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { ConfirmDialog } from "#ui/dashboard/dialog.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

type Secrets = { hmacSecret: string; webhookSecret: string };
const names = ["hmacSecret", "webhookSecret"] as const;

/** Shown once, until the person says that they have them. */
export function NewSecrets() {
  const t = useTranslations("settings.callbacks");
  const saving = useSaving();
  const [isAsking, setIsAsking] = useState(false);
  const [secrets, setSecrets] = useState<Secrets | null>(null);

  const rotate = () =>
    saving.save(
      () => answerOf(api.tenant["callback-secret"].$post()),
      (made) => {
        setSecrets(made);
        setIsAsking(false);
      },
    );

  if (secrets) {
    return (
      <Alert tone="warn" role="alert" title={t("shownOnce")}>
        {names.map((name) => (
          <div key={name} className="space-y-1.5">
            <p className="font-medium">{t(name)}</p>
            <div className="flex flex-wrap items-center gap-3">
              <code data-testid={name} className="min-w-0 break-all">
                {secrets[name]}
              </code>
              <CopyButton text={secrets[name]} label={t(name)} />
            </div>
          </div>
        ))}
        <Button look="outline" onClick={() => setSecrets(null)}>
          {t("done")}
        </Button>
      </Alert>
    );
  }
  return (
    <>
      <Button look="outline" onClick={() => setIsAsking(true)}>
        {t("rotate")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("rotateTitle")}
        text={t("rotateText")}
        action={t("rotate")}
        isBusy={saving.isSaving}
        onConfirm={rotate}
        problem={<Problem text={saving.problem} />}
      />
    </>
  );
}
