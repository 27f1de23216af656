"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { ApiProblem } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";

/** Shown only where the browser knows passkeys: on https, or on localhost. */
export function PasskeyButton({ onDone }: { onDone: () => void }) {
  const t = useTranslations("account.login");
  const errorText = useErrorText();
  const [isKnown, setIsKnown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setIsKnown("PublicKeyCredential" in window), []);
  if (!isKnown) return null;
  const enter = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await signIn();
      onDone();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? errorText(error) : t("passkeyFailed"));
    }
    setIsBusy(false);
  };
  return (
    <>
      <Button look="outline" wide onClick={enter} busyText={isBusy ? t("passkeyBusy") : undefined}>
        <KeyRound aria-hidden className="size-5" />
        {t("passkey")}
      </Button>
      <Problem text={problem} />
    </>
  );
}

async function signIn(): Promise<void> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const optionsJSON = await answerOf(api.auth.passkey.options.$post());
  const { id, rawId, response } = await startAuthentication({ optionsJSON });
  await answerOf(api.auth.passkey.$post({ json: { id, rawId, type: "public-key", response } }));
}
