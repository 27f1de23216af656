"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { useAttemptText } from "#app/(account)/use-attempt-text.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";

/** The secret as a picture and as text, and a code that proves that the app has it. */
export function TwoFactorSetup({ address, onDone }: { address: string; onDone: () => void }) {
  const t = useTranslations("account.security");
  const words = useTranslations("account.code");
  const saving = useSaving();
  const problemText = useAttemptText(saving);
  const picture = useQr(address);
  const [isShort, setIsShort] = useState(false);
  const key = new URL(address).searchParams.get("secret") ?? "";
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    setIsShort(!/^\d{6}$/.test(code));
    if (/^\d{6}$/.test(code)) void saving.save(() => answerOf(api.account["two-factor"].confirm.$post({ json: { code } })), onDone);
  };
  return (
    <form onSubmit={send} noValidate className="space-y-5">
      <p className="text-muted">{t("twoFactorScan")}</p>
      {/* biome-ignore lint/performance/noImgElement: a drawing made in the browser. */}
      {picture && <img src={picture} alt={t("twoFactorPicture")} width={200} height={200} className="rounded-xl bg-white p-2" />}
      <div className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 break-all rounded-lg bg-paper px-3 py-2" data-testid="two-factor-key">
          {key}
        </code>
        <CopyButton text={key} label={t("twoFactorKey")} />
      </div>
      <Field
        name="code"
        label={t("twoFactorConfirm")}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={6}
        problem={isShort ? words("problem") : undefined}
      />
      <Problem text={problemText} />
      <Button type="submit" busyText={saving.isSaving ? t("saving") : undefined}>
        {t("twoFactorFinish")}
      </Button>
    </form>
  );
}

/** Loaded with its first use. The secret goes to no server for its picture. */
function useQr(text: string): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    void import("qr").then(({ default: encode }) => {
      if (!isGone) setPicture(`data:image/svg+xml,${encodeURIComponent(encode(text, "svg", { ecc: "medium" }))}`);
    });
    return () => {
      isGone = true;
    };
  }, [text]);
  return picture;
}
