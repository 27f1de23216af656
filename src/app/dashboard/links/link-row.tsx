"use client";

import { ExternalLink, QrCode } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { BookingLink } from "#contracts/links/links.ts";
import type { LinkChoices } from "#queries/links/link-choices.ts";
import { Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { MoreMenu } from "#ui/dashboard/menu.tsx";
import { formatDate } from "#ui/format.ts";
import { lastMoment } from "./last-moment.ts";
import { useChoiceWords } from "./link-words.ts";
import { QrDialog } from "./qr-dialog.tsx";
import { SignDialog } from "./sign-dialog.tsx";
import { useLinkActions } from "./use-link-actions.ts";

type LinkRowProps = {
  link: BookingLink;
  choices: Pick<LinkChoices, "services" | "professionals">;
  timezone: string;
  locale: string;
  mayChange: boolean;
};

const badges = {
  live: "bg-good-soft text-good",
  inactive: "bg-paper text-muted",
  expired: "bg-warn-soft text-warn",
  archived: "bg-paper text-muted",
} as const;

export function LinkRow({ link, choices, timezone, locale, mayChange }: LinkRowProps) {
  const t = useTranslations("links");
  const choiceWords = useChoiceWords(choices);
  const [open, setOpen] = useState<"qr" | "sign" | null>(null);
  const { saving, items } = useLinkActions(link, { onSign: () => setOpen("sign") });
  const { name, state, address, figures, expiresAt } = link;
  return (
    <Card data-testid="link-row" data-id={link.id} className="space-y-4 sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-lg">
            <bdi className="min-w-0 break-words">
              {mayChange && state !== "archived" ? (
                <Link href={`/dashboard/links/${link.id}/edit`} className="hover:underline">
                  {name}
                </Link>
              ) : (
                name
              )}
            </bdi>
            <Badge className={badges[state]}>{t(`state.${state}`)}</Badge>
          </h2>
          <p className="text-muted">
            {choiceWords(link)}
            {expiresAt && ` · ${t("until", { date: formatDate({ instant: lastMoment(expiresAt), locale, timezone }) })}`}
          </p>
        </div>
        {mayChange && <MoreMenu of={name} items={items} />}
      </div>
      <p className="break-all rounded-xl bg-paper px-4 py-2.5 font-mono text-sm" data-testid="address">
        {address}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={address} label={name} />
        <Button look="outline" onClick={() => setOpen("qr")} aria-label={t("qrOf", { name })}>
          <QrCode aria-hidden className="size-4" />
          {t("qr")}
        </Button>
        <a
          href={address}
          target="_blank"
          rel="noopener"
          className="inline-flex min-h-11 items-center gap-2 px-3 text-brand-ink underline underline-offset-4"
        >
          <ExternalLink aria-hidden className="size-4" />
          {t("open")}
        </a>
        <p className="text-muted text-sm sm:ml-auto sm:text-right" title={t("days")} data-testid="figures">
          {t("figures", figures)}
          {figures.opens > 0 && ` · ${t("conversion", { percent: share(figures, locale) })}`}
        </p>
      </div>
      <Problem text={saving.problem} />
      {open === "qr" && <QrDialog link={link} onClose={() => setOpen(null)} />}
      {open === "sign" && <SignDialog link={link} timezone={timezone} locale={locale} onClose={() => setOpen(null)} />}
    </Card>
  );
}

/** A booking may have come without a counted visit, so it is never more than everybody. */
function share({ opens, paid }: BookingLink["figures"], locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(Math.min(1, paid / opens));
}
