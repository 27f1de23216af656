"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { OnSiteFields } from "#app/dashboard/bookings/new/on-site-fields.tsx";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import type { OnSiteMethod } from "#contracts/desk/limits.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatMoney } from "#ui/format.ts";

type OnSiteDialogProps = { booking: DeskBooking; of: "booking" | "rest"; dueMinor: number; locale: string; onClose: () => void };

/** What is due was paid at the desk: how, and by which slip. */
export function OnSiteDialog({ booking, of, dueMinor, locale, onClose }: OnSiteDialogProps) {
  const t = useTranslations("byHand.link");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const [taken, setTaken] = useState<{ method: OnSiteMethod; reference: string }>({ method: "cash", reference: "" });
  const { id, money } = booking;
  const amount = formatMoney({ amountMinor: dueMinor, currency: money.currency, locale });
  function submit(event: FormEvent) {
    event.preventDefault();
    const reference = taken.reference.trim();
    const json = { method: taken.method, ...(reference && { reference }), of, expectedMinor: dueMinor };
    const headers = { "idempotency-key": key.current };
    void saving.save(
      () => answerOf(api.bookings[":id"]["on-site"].$post({ param: { id }, json }, { headers })),
      () => {
        toast(t("onSiteDone"));
        onClose();
      },
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title={t("onSiteTitle", { amount })} text={t("onSiteText")}>
      <form noValidate onSubmit={submit} className="space-y-5" data-testid="on-site-form">
        <OnSiteFields {...taken} onChange={(more) => setTaken({ ...taken, ...more })} />
        <SaveBar saving={saving} label={t("onSiteSave")} />
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </form>
    </Dialog>
  );
}
