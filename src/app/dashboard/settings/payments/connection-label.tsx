"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConnectionAnswer } from "#contracts/merchant/connections.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";

export const labelLengthMax = 60;

/** The merchant's own name for an account. It needs no keys. */
export function LabelForm({ connection: { id, label }, onEnd }: { connection: ConnectionAnswer; onEnd: () => void }) {
  const t = useTranslations("payments");
  const ui = useTranslations("dashboard");
  const toast = useToast();
  const saving = useSaving();
  const [typed, setTyped] = useState(label ?? "");
  const save = () =>
    answerOf(api.tenant.payments[":id"].$patch({ param: { id }, json: { label: typed.trim() === "" ? null : typed.trim() } }));
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(save, () => {
          onEnd();
          toast(t("named"));
        });
      }}
    >
      <Field
        id={`label-${id}`}
        name={`label-${id}`}
        label={t("label")}
        hint={t("labelHint")}
        maxLength={labelLengthMax}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="flex flex-wrap items-end gap-3">
        <SaveBar saving={saving} label={t("saveName")} />
        <Button look="outline" onClick={onEnd}>
          {ui("cancel")}
        </Button>
      </div>
    </form>
  );
}
