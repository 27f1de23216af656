"use client";

import { Banknote, Mail, Send, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Problem } from "#ui/alert.tsx";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import { RefundBlocked } from "./actions.tsx";
import { Panel } from "./panel.tsx";

const OnSiteDialog = dynamic(() => import("./on-site-dialog.tsx").then((file) => file.OnSiteDialog), { ssr: false });
const RefundDialog = dynamic(() => import("./refund-dialog.tsx").then((file) => file.RefundDialog), { ssr: false });

type RestProps = { booking: DeskBooking; rest: NonNullable<DeskBooking["rest"]>; locale: string };

/** What a deposit has left: open, asked for on the customer's page, or paid. */
export function Rest({ booking, rest, locale }: RestProps) {
  const t = useTranslations("byHand.rest");
  const [open, setOpen] = useState<"on_site" | "refund" | null>(null);
  const { may, money, timezone } = booking;
  const amount = formatMoney({ amountMinor: rest.amountMinor, currency: money.currency, locale });
  const paidAt = rest.paidAt && formatShort({ instant: rest.paidAt, locale, timezone });
  return (
    <Panel id="rest" title={t("title")} hint={t(rest.state)}>
      <p>
        <strong className="font-semibold text-lg">{amount}</strong>
        {paidAt && <span className="text-muted"> · {paidAt}</span>}
      </p>
      {rest.state === "asked" && rest.url && (
        <>
          <p className="select-all break-all rounded-xl bg-paper px-4 py-3 text-sm">{rest.url}</p>
          <CopyButton text={rest.url} label={t("address")} />
        </>
      )}
      <div className="flex flex-wrap items-start gap-2 empty:hidden">
        {may.takeOnSite && (
          <Button look="outline" onClick={() => setOpen("on_site")} data-testid="take-rest">
            <Banknote aria-hidden className="size-5" />
            {t("onSite")}
          </Button>
        )}
        {may.askForRest && <Ask booking={booking} isAsked={rest.state === "asked"} />}
        {may.refundRest && (
          <Button look="outline" onClick={() => setOpen("refund")} data-testid="refund-rest">
            <Undo2 aria-hidden className="size-5" />
            {t("refund")}
          </Button>
        )}
      </div>
      {booking.disputeBlocks.includes("rest") && <RefundBlocked />}
      {open === "on_site" && <OnSiteDialog {...{ booking, locale }} of="rest" dueMinor={rest.amountMinor} onClose={() => setOpen(null)} />}
      {open === "refund" && <RefundDialog {...{ booking, locale }} rest={rest} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

/** With a mail, or only so that the customer's page offers it. */
function Ask({ booking: { id, customer }, isAsked }: { booking: DeskBooking; isAsked: boolean }) {
  const t = useTranslations("byHand.rest");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const ask = (mail: boolean) => {
    const headers = { "idempotency-key": key.current };
    void saving.save(
      () => answerOf(api.bookings[":id"].rest.$post({ param: { id }, json: { mail } }, { headers })),
      () => {
        key.current = newIdempotencyKey();
        toast(mail ? t("mailed", { email: customer.email }) : t("made"));
      },
    );
  };
  return (
    <>
      <Button look="outline" disabled={saving.isSaving} onClick={() => ask(true)} data-testid="mail-rest">
        <Mail aria-hidden className="size-5" />
        {t("mail")}
      </Button>
      {!isAsked && (
        <Button look="outline" disabled={saving.isSaving} onClick={() => ask(false)} data-testid="ask-rest">
          <Send aria-hidden className="size-5" />
          {t("link")}
        </Button>
      )}
      <Problem text={saving.problem} />
    </>
  );
}
