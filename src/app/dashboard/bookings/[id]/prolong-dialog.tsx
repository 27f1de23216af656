"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { endOf, isEndFit, type LinkEnd } from "#app/dashboard/bookings/new/link-end.ts";
import { LinkEndChoice } from "#app/dashboard/bookings/new/link-end-choice.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import type { LinkProps } from "./link-props.ts";

/** More time to pay. What was promised never becomes shorter. */
export function ProlongDialog({ booking, link, locale, onClose }: LinkProps & { onClose: () => void }) {
  const t = useTranslations("byHand");
  const toast = useToast();
  const saving = useSaving();
  const now = useServerTime(Date.now());
  const { id, timezone } = booking;
  const [chosen, setChosen] = useState<{ end: LinkEnd; endDay: string; endTime: string }>({ end: "24h", endDay: "", endTime: "" });
  const [isTried, setIsTried] = useState(false);
  const latest = Date.parse(link.latestEndAt ?? link.endsAt);
  const end = endOf(chosen, { now, timezone });
  const isFit = isEndFit(end, { now, latest }) && end > Date.parse(link.endsAt);
  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (!isFit || end === null) return;
    const json = { endsAt: new Date(end).toISOString() };
    void saving.save(
      () => answerOf(api.bookings[":id"]["payment-link"].$post({ param: { id }, json })),
      () => {
        toast(t("link.prolonged", { time: formatShort({ instant: json.endsAt, locale, timezone }) }));
        onClose();
      },
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title={t("link.prolong")}>
      <form noValidate onSubmit={submit} className="space-y-5" data-testid="prolong-form">
        <LinkEndChoice
          draft={chosen}
          change={(more) => setChosen({ ...chosen, ...more })}
          bounds={{ timezone, from: Date.parse(link.endsAt), latest }}
          locale={locale}
          now={now}
          problem={isTried && !isFit ? t("problems.end") : undefined}
        />
        <SaveBar saving={saving} label={t("link.save")} />
        <Button look="quiet" onClick={onClose}>
          {t("link.close")}
        </Button>
      </form>
    </Dialog>
  );
}
