"use client";

import { CalendarPlus, LoaderCircle, Mail, Video } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BookingState } from "#contracts/checkout.ts";
import { Alert } from "#ui/alert.tsx";
import { calendarAddress } from "#ui/api.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { RefundWords } from "#ui/wizard/refund-words.tsx";

type ConfirmedProps = {
  booking: { id: string; token: string };
  state: BookingState;
  tenant: string;
  amount: string;
  locale: string;
  isLeaving: boolean;
};

export function Confirmed({ booking, state, tenant, amount, locale, isLeaving }: ConfirmedProps) {
  const t = useTranslations("confirm");
  return (
    <>
      <Card className="space-y-5">
        {state.service.online && <Meeting url={state.meetingUrl} />}
        <p className="flex gap-3">
          <Mail aria-hidden className="mt-0.5 size-5 shrink-0 text-brand-ink" />
          <span className="min-w-0">{t("mailSent", { email: state.customerEmail })}</span>
        </p>
        <a href={calendarAddress(booking)} download data-testid="calendar" className={buttonStyles({ look: "outline", wide: true })}>
          <CalendarPlus aria-hidden className="size-5" />
          {t("addToCalendar")}
        </a>
      </Card>
      {state.refund && (
        <Alert>
          <RefundWords stands words="confirm.refund" state={state} amount={amount} locale={locale} className="space-y-2" />
        </Alert>
      )}
      {state.returnUrl && !isLeaving && (
        <a href={state.returnUrl} data-testid="return" className={buttonStyles({ look: "outline", wide: true })}>
          {t("returnNow", { tenant })}
        </a>
      )}
    </>
  );
}

function Meeting({ url }: { url: string | null }) {
  const t = useTranslations("confirm");
  if (!url) {
    return (
      <p role="status" className="flex gap-3">
        <LoaderCircle aria-hidden className="mt-0.5 size-5 shrink-0 motion-safe:animate-spin text-brand-ink" />
        {t("meetingSoon")}
      </p>
    );
  }
  return (
    <div>
      <p className="flex gap-3">
        <Video aria-hidden className="mt-0.5 size-5 shrink-0 text-brand-ink" />
        {t("meeting")}
      </p>
      <a href={url} rel="noreferrer" data-testid="meeting" className={buttonStyles({ wide: true, className: "mt-3" })}>
        {t("openMeeting")}
      </a>
    </div>
  );
}
