"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { deleteHold } from "#ui/api.ts";
import { Button, buttonStyles } from "#ui/button.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { useErrorText } from "#ui/use-error-text.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";

type OwnHoldNoteProps = {
  id: string;
  when: string;
  expiresAt: string;
  renderedAt: number;
  isPaying: boolean;
  address: string;
  isOver: boolean;
};

/** Shows the slot that the customer already holds: keep it, release it, or choose another below. */
export function OwnHoldNote({ id, when, expiresAt, renderedAt, isPaying, address, isOver }: OwnHoldNoteProps) {
  const t = useTranslations("availability");
  const router = useRouter();
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(() => router.refresh(), [router]);

  async function release() {
    setProblem(null);
    await deleteHold(id).catch((error) => setProblem(errorText(error)));
    refresh();
  }

  return (
    <section
      aria-labelledby="own-hold"
      data-testid="own-hold"
      className="mt-6 rounded-2xl border-2 border-brand-ink bg-brand-soft p-4 sm:flex sm:items-center sm:justify-between sm:gap-6 sm:p-5"
    >
      <div>
        <h2 id="own-hold" className="font-semibold text-lg">
          {isPaying ? t("ownPaying", { when }) : t("ownHold", { when })}
        </h2>
        {!isOver && <Countdown expiresAt={expiresAt} renderedAt={renderedAt} onEnd={refresh} />}
        <p className="mt-1 text-sm">{t(isOver ? "ownAsking" : isPaying ? "ownPayingChange" : "ownHoldChange")}</p>
        {problem && (
          <p role="alert" className="mt-1 font-medium text-bad text-sm">
            {problem}
          </p>
        )}
      </div>
      <div className="mt-3 flex shrink-0 flex-col sm:mt-0">
        <NextLink href={address} data-testid="keep-hold" className={buttonStyles()}>
          {t(isOver ? "seePayment" : "keepHold")}
          <ArrowRight aria-hidden className="size-5" />
        </NextLink>
        {!isPaying && (
          <Button look="quiet" data-testid="release-hold" onClick={release}>
            {t("releaseHold")}
          </Button>
        )}
      </div>
    </section>
  );
}
