"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { buttonStyles } from "../../../../../ui/button.tsx";
import { NextLink } from "../../../../../ui/next-link.tsx";
import { Countdown } from "../../../../../ui/wizard/countdown.tsx";

type OwnHoldNoteProps = { when: string; expiresAt: string; renderedAt: number; isPaying: boolean; address: string };

/** The customer already holds a slot: go on with it, or choose another below. */
export function OwnHoldNote({ when, expiresAt, renderedAt, isPaying, address }: OwnHoldNoteProps) {
  const t = useTranslations("availability");
  const router = useRouter();
  const refresh = useCallback(() => router.refresh(), [router]);
  return (
    <section aria-labelledby="own-hold" data-testid="own-hold" className="mt-6 rounded-2xl border-2 border-brand-ink bg-brand-soft p-4 sm:flex sm:items-center sm:justify-between sm:gap-6 sm:p-5">
      <div>
        <h2 id="own-hold" className="font-semibold text-lg">
          {isPaying ? t("ownPaying", { when }) : t("ownHold", { when })}
        </h2>
        <Countdown expiresAt={expiresAt} renderedAt={renderedAt} onEnd={refresh} />
        <p className="mt-1 text-sm">{t("ownHoldChange")}</p>
      </div>
      <NextLink href={address} data-testid="keep-hold" className={buttonStyles({ className: "mt-3 w-full shrink-0 sm:mt-0 sm:w-auto" })}>
        {t("keepHold")}
        <ArrowRight aria-hidden className="size-5" />
      </NextLink>
    </section>
  );
}
