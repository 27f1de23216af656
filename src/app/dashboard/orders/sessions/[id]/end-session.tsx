"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { ConfirmDialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

/** Frees the stock of what nobody has paid. */
export function EndSession({ id }: { id: string }) {
  const t = useTranslations("orderSessions");
  const toast = useToast();
  const saving = useSaving();
  const [isAsking, setIsAsking] = useState(false);
  const end = () =>
    void saving.save(
      () => answerOf(api["order-sessions"][":id"].cancel.$post({ param: { id } })),
      () => {
        setIsAsking(false);
        toast(t("cancelled"));
      },
    );
  return (
    <>
      <Button look="outline" className="text-bad" onClick={() => setIsAsking(true)} data-testid="end-session">
        {t("cancel")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("cancelTitle")}
        text={t("cancelText")}
        action={t("cancel")}
        isBusy={saving.isSaving}
        onConfirm={end}
        problem={<Problem text={saving.problem} />}
      />
    </>
  );
}
