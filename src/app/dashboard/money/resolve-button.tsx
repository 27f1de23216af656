"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { proofLengthMax } from "#contracts/desk/limits.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

const proofLengthMin = 3;

/** A person says that the money is back, and how that can be proven. */
export function ResolveButton({ id, amount }: { id: string; amount: string }) {
  const t = useTranslations("money.resolve");
  const toast = useToast();
  const saving = useSaving();
  const [isOpen, setIsOpen] = useState(false);
  const [isShort, setIsShort] = useState(false);
  const close = () => setIsOpen(false);

  function resolve(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const proof = String(new FormData(form).get("proof") ?? "").trim();
    setIsShort(proof.length < proofLengthMin);
    if (proof.length < proofLengthMin) return form.querySelector("textarea")?.focus();
    const send = () => answerOf(api["refund-cases"][":id"].proof.$put({ param: { id }, json: { proof } }));
    void saving.save(send, () => {
      toast(t("done"));
      close();
    });
  }

  return (
    <>
      <Button onClick={() => setIsOpen(true)} data-testid="resolve">
        {t("button")}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={t("title")} text={t("text", { amount })}>
        <form noValidate onSubmit={resolve} className="space-y-5">
          <TextArea
            name="proof"
            label={t("field")}
            hint={t("hint")}
            rows={2}
            maxLength={proofLengthMax}
            problem={isShort ? t("tooShort") : undefined}
          />
          <SaveBar saving={saving} label={t("submit")} />
        </form>
      </Dialog>
    </>
  );
}
