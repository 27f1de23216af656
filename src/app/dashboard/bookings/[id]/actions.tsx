"use client";

import { CalendarDays, CalendarX, Mail, Undo2, Video } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Problem } from "#ui/alert.tsx";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button, buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { wallTimeOf } from "#ui/dashboard/wall-clock.ts";

const CancelDialog = dynamic(() => import("./cancel-dialog.tsx").then(({ CancelDialog: found }) => found), { ssr: false });
const RefundDialog = dynamic(() => import("./refund-dialog.tsx").then(({ RefundDialog: found }) => found), { ssr: false });

const one = api.bookings[":id"];

/** What may be done now. Whoever may not do it does not see it. */
export function Actions({ booking, locale }: { booking: DeskBooking; locale: string }) {
  const t = useTranslations("booking.actions");
  const [open, setOpen] = useState<"cancel" | "refund" | null>(null);
  const { may } = booking;
  const close = () => setOpen(null);
  if (!may.enterRoom && !may.resendMail && !may.refund && !may.cancel && booking.disputeBlocks.length === 0) return null;
  return (
    <section aria-label={t("label")} data-testid="actions" className="flex flex-wrap items-start gap-2">
      {may.enterRoom && <EnterRoom id={booking.id} />}
      {may.resendMail && <Resend booking={booking} />}
      {may.cancel && booking.money.paidMinor > 0 && (
        <Link prefetch={false} href={calendarOf(booking)} className={buttonStyles({ look: "outline" })} data-testid="move">
          <CalendarDays aria-hidden className="size-5" />
          {t("move")}
        </Link>
      )}
      {may.refund && (
        <Button look="outline" onClick={() => setOpen("refund")} data-testid="refund">
          <Undo2 aria-hidden className="size-5" />
          {t("refund")}
        </Button>
      )}
      {may.cancel && (
        <Button look="outline" onClick={() => setOpen("cancel")} data-testid="cancel" className="text-bad">
          <CalendarX aria-hidden className="size-5" />
          {t("cancel")}
        </Button>
      )}
      {booking.disputeBlocks.includes("booking") && <RefundBlocked />}
      {open === "cancel" && <CancelDialog booking={booking} locale={locale} onClose={close} />}
      {open === "refund" && <RefundDialog booking={booking} locale={locale} onClose={close} />}
    </section>
  );
}

/** Why money cannot be sent back now, and what to do instead. */
export function RefundBlocked() {
  const t = useTranslations("booking.refund");
  return (
    <p className="basis-full rounded-xl bg-warn-soft px-4 py-3 text-sm text-warn" data-testid="refund-blocked">
      {t("blocked")}
    </p>
  );
}

/** Where it is moved by a drag or a press, among everybody else's times. */
function calendarOf({ start, timezone, professional }: DeskBooking): string {
  return `/dashboard/calendar?${new URLSearchParams({ day: wallTimeOf(start, timezone).date, professional: professional.id })}`;
}

function Resend({ booking: { id, customer } }: { booking: DeskBooking }) {
  const t = useTranslations("booking.actions");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const send = () => answerOf(one.resend.$post({ param: { id } }, { headers: { "idempotency-key": key.current } }));
  const resend = () =>
    void saving.save(send, (answer) => {
      key.current = newIdempotencyKey();
      toast(t("resent", { email: answer.customer.email }));
    });
  return (
    <div className="max-w-full">
      <Button look="outline" disabled={saving.isSaving} onClick={resend} title={customer.email} data-testid="resend">
        <Mail aria-hidden className="size-5" />
        {t("resend")}
      </Button>
      <Problem text={saving.problem} />
    </div>
  );
}

/** The host's link is made by the press, and is nowhere in the page before. */
function EnterRoom({ id }: { id: string }) {
  const t = useTranslations("booking.actions");
  const toast = useToast();
  const saving = useSaving();
  const enter = () => {
    // Opened by the press itself: a browser blocks a tab that opens later.
    const tab = window.open("", "_blank");
    const open = async () => {
      const { url } = await answerOf(one.room.$post({ param: { id } })).catch((error: unknown) => {
        tab?.close();
        throw error;
      });
      if (tab) tab.location.href = url;
      else window.location.href = url;
    };
    void saving.save(open, () => toast(t("roomOpened")));
  };
  return (
    <div className="max-w-full">
      <Button disabled={saving.isSaving} onClick={enter} data-testid="enter-room">
        <Video aria-hidden className="size-5" />
        {t("enterRoom")}
      </Button>
      <Problem text={saving.problem} />
    </div>
  );
}
