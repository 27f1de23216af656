"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, Problem } from "../alert.tsx";
import { Button } from "../button.tsx";
import { answerOf, api } from "./api.ts";
import { ConfirmDialog } from "./dialog.tsx";
import { useToast } from "./toasts.tsx";
import { useSaving } from "./use-saving.ts";

/** `outside`: the sum of what was sent back in the provider's panel, where it says so. */
type QuestionProps = { of: "booking" | "orders"; id: string; isBare?: boolean; outside?: { amount: string; isPart: boolean } | null };

/** The money of a purchase went back outside: whether it stands is the merchant's word. */
export function ReversalQuestion({ of, id, isBare = false, outside = null }: QuestionProps) {
  const t = useTranslations(`${of}.reversal`);
  const toast = useToast();
  const saving = useSaving();
  const [isAsking, setIsAsking] = useState(false);

  const answer = (word: "keep" | "cancel") =>
    void saving.save(
      () => send({ of, id, word }),
      () => {
        setIsAsking(false);
        toast(t(word === "keep" ? "kept" : "cancelled"));
      },
    );

  const buttons = (
    <>
      <div className="flex flex-wrap gap-2">
        <Button look="outline" disabled={saving.isSaving} onClick={() => answer("keep")} data-testid="reversal-keep">
          {t("keep")}
        </Button>
        <Button
          look="outline"
          disabled={saving.isSaving}
          onClick={() => setIsAsking(true)}
          data-testid="reversal-cancel"
          className="text-bad"
        >
          {t("cancel")}
        </Button>
      </div>
      {!isAsking && <Problem text={saving.problem} />}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("cancelTitle")}
        text={t(outside?.isPart ? "cancelTextPart" : "cancelText")}
        action={t("cancel")}
        isBusy={saving.isSaving}
        onConfirm={() => answer("cancel")}
        problem={<Problem text={saving.problem} />}
      />
    </>
  );
  if (isBare) return buttons;
  return (
    <Alert tone="warn" title={t("title")} data-testid="reversal" className="mb-6">
      <p>{outside ? t("outsideText", { amount: outside.amount }) : t("text")}</p>
      {buttons}
    </Alert>
  );
}

function send({ of, id, word }: Pick<QuestionProps, "of" | "id"> & { word: "keep" | "cancel" }): Promise<unknown> {
  const given = { param: { id }, json: { answer: word } };
  return of === "orders" ? answerOf(api.orders[":id"].reversal.$post(given)) : answerOf(api.bookings[":id"].reversal.$post(given));
}
