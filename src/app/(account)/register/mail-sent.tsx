"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { AccountCard } from "../account-card.tsx";
import { useAttemptText } from "../use-attempt-text.ts";

/** The same for every address: only its owner's mail says more. */
export function MailSent({ email, onBack }: { email: string; onBack: () => void }) {
  const t = useTranslations("account.sent");
  const saving = useSaving();
  const [isAgain, setIsAgain] = useState(false);
  const problemText = useAttemptText(saving);
  const sendAgain = () =>
    saving.save(
      () => answerOf(api.auth["verify-email"].resend.$post({ json: { email } })),
      () => setIsAgain(true),
    );
  return (
    <AccountCard
      title={t("title")}
      lead={t.rich("text", { address: email, strong: (text) => <strong className="text-ink">{text}</strong> })}
    >
      <p>{t("where")}</p>
      {isAgain && (
        <Alert tone="good" role="status">
          <p>{t("again")}</p>
        </Alert>
      )}
      <Problem text={problemText} />
      <div className="flex flex-wrap gap-3">
        <Button look="outline" onClick={sendAgain} busyText={saving.isSaving ? t("sending") : undefined}>
          {t("sendAgain")}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t("other")}
        </Button>
      </div>
    </AccountCard>
  );
}
