"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { AccountCard } from "../account-card.tsx";
import { useAttemptText } from "../use-attempt-text.ts";

/** The second step of a sign-in. */
export function CodeForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const t = useTranslations("account.code");
  const saving = useSaving();
  const [isRecovery, setIsRecovery] = useState(false);
  const [isEmpty, setIsEmpty] = useState(false);
  const problemText = useAttemptText(saving);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    const isWhole = isRecovery ? given.length >= 6 : /^\d{6}$/.test(given);
    setIsEmpty(!isWhole);
    const json = isRecovery ? { recoveryCode: given } : { code: given };
    if (isWhole) void saving.save(() => answerOf(api.auth["sign-in"].code.$post({ json })), onDone);
  };
  const problem = isEmpty ? t(isRecovery ? "recoveryProblem" : "problem") : undefined;
  return (
    <AccountCard title={t("title")} lead={t(isRecovery ? "recoveryLead" : "lead")}>
      <form onSubmit={send} noValidate className="space-y-5" key={String(isRecovery)}>
        {isRecovery ? (
          <Field name="code" label={t("recovery")} autoComplete="off" autoFocus spellCheck={false} problem={problem} />
        ) : (
          <Field
            name="code"
            label={t("label")}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={6}
            autoFocus
            problem={problem}
          />
        )}
        <Problem text={problemText} />
        <Button type="submit" wide busyText={saving.isSaving ? t("busy") : undefined}>
          {t("submit")}
        </Button>
      </form>
      <div className="flex flex-wrap gap-x-3">
        <Button look="quiet" onClick={() => setIsRecovery(!isRecovery)}>
          {t(isRecovery ? "useApp" : "useRecovery")}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t("back")}
        </Button>
      </div>
    </AccountCard>
  );
}
