"use client";

import { useTranslations } from "next-intl";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { AccountCard, TextLink } from "./account-card.tsx";
import { useAttemptText } from "./use-attempt-text.ts";
import { useLinkToken } from "./use-link-token.ts";

type LinkFormProps = {
  words: Record<"title" | "lead" | "submit" | "busy" | "again", string>;
  /** Where another link can be had. */
  againHref: string;
  send: (token: string) => Promise<unknown>;
  onDone: () => void;
};

/** Where a mail's link leads that needs nothing but a yes. */
export function LinkForm({ words, againHref, send, onDone }: LinkFormProps) {
  const t = useTranslations("account");
  const token = useLinkToken();
  const saving = useSaving();
  const problemText = useAttemptText(saving);
  const isSpent = saving.code === "proof_spent" || token === null;
  return (
    <AccountCard title={words.title} lead={words.lead}>
      {token === null && (
        <Alert tone="warn" role="alert">
          <p>{t("linkIncomplete")}</p>
        </Alert>
      )}
      <Problem text={problemText} />
      {!isSpent && (
        <Button
          wide
          disabled={!token}
          onClick={() => token && saving.save(() => send(token), onDone)}
          busyText={saving.isSaving ? words.busy : undefined}
          data-testid="confirm-link"
        >
          {words.submit}
        </Button>
      )}
      {isSpent && <TextLink href={againHref}>{words.again}</TextLink>}
    </AccountCard>
  );
}
