"use client";

import { Banknote, Clock, Mail, MessageCircle } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button, buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import type { LinkProps } from "./link-props.ts";
import { Panel } from "./panel.tsx";

const ProlongDialog = dynamic(() => import("./prolong-dialog.tsx").then((file) => file.ProlongDialog), { ssr: false });
const OnSiteDialog = dynamic(() => import("./on-site-dialog.tsx").then((file) => file.OnSiteDialog), { ssr: false });

/** Of a booking that waits for its money: the link once more, by any way, and more time. */
export function PaymentLink({ booking, link, locale }: LinkProps) {
  const t = useTranslations("byHand.link");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const [open, setOpen] = useState<"prolong" | "on_site" | null>(null);
  const { id, customer, timezone } = booking;
  const until = formatShort({ instant: link.endsAt, locale, timezone });
  const text = useWhatsAppText({ booking, link, locale }, until);
  const send = () =>
    answerOf(api.bookings[":id"]["payment-link"].mail.$post({ param: { id } }, { headers: { "idempotency-key": key.current } }));
  const mail = () =>
    void saving.save(send, () => {
      key.current = newIdempotencyKey();
      toast(t("mailed", { email: customer.email }));
    });
  return (
    <Panel id="payment-link" title={t("title")} hint={t("hint")}>
      <p>{t("until", { time: until })}</p>
      <p className="select-all break-all rounded-xl bg-paper px-4 py-3 text-sm" data-testid="link-address">
        {link.url}
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={link.url} label={t("address")} />
        <Button look="outline" disabled={saving.isSaving} onClick={mail} data-testid="mail-link">
          <Mail aria-hidden className="size-5" />
          {t("mail")}
        </Button>
        {customer.phone && (
          <a
            href={whatsApp(customer.phone, text)}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonStyles({ look: "outline" })}
            data-testid="whatsapp"
          >
            <MessageCircle aria-hidden className="size-5" />
            {t("whatsapp")}
          </a>
        )}
        {link.latestEndAt && Date.parse(link.latestEndAt) > Date.parse(link.endsAt) && (
          <Button look="outline" onClick={() => setOpen("prolong")} data-testid="prolong">
            <Clock aria-hidden className="size-5" />
            {t("prolong")}
          </Button>
        )}
        {booking.may.takeOnSite && (
          <Button look="outline" onClick={() => setOpen("on_site")} data-testid="take-on-site">
            <Banknote aria-hidden className="size-5" />
            {t("onSite")}
          </Button>
        )}
      </div>
      <Problem text={saving.problem} />
      {open === "prolong" && <ProlongDialog {...{ booking, link, locale }} onClose={() => setOpen(null)} />}
      {open === "on_site" && (
        <OnSiteDialog {...{ booking, locale }} of="booking" dueMinor={booking.money.amountMinor} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

/** `wa.me` takes digits alone, without an extension. */
function whatsApp(phone: string, text: string): string {
  const [number = ""] = phone.split(";");
  return `https://wa.me/${number.replaceAll(/\D/g, "")}?${new URLSearchParams({ text })}`;
}

function useWhatsAppText({ booking, link, locale }: LinkProps, until: string): string {
  const t = useTranslations("byHand.link");
  const { customer, service, start: instant, timezone, money } = booking;
  return t("whatsappText", {
    name: customer.name,
    service: service.name,
    date: formatShort({ instant, locale, timezone }),
    amount: formatMoney({ amountMinor: money.amountMinor, currency: money.currency, locale }),
    until,
    url: link.url,
  });
}
