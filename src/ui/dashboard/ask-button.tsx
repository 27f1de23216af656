"use client";

import { useTranslations } from "next-intl";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "./api.ts";
import { useToast } from "./toasts.tsx";
import { useSaving } from "./use-saving.ts";

/** Asks the provider about one payment, now. `id`: of the payment, or of a charge of it. */
export function AskButton({ id }: { id: string }) {
  const t = useTranslations("inquiries");
  const toast = useToast();
  const saving = useSaving();
  const ask = () =>
    void saving.save(
      () => answerOf(api["payment-questions"].$post({ json: { id } })),
      ({ result }) => toast(t(`said.${result}`)),
    );
  return (
    <div>
      <Button
        look="quiet"
        className="px-0 text-left"
        busyText={saving.isSaving ? t("asking") : undefined}
        onClick={ask}
        data-testid="ask-provider"
      >
        {t("ask")}
      </Button>
      <Problem text={saving.problem} />
    </div>
  );
}
