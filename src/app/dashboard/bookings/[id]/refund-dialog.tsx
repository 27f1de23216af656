"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { withdrawalLaw } from "#contracts/desk/refund-deadline.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { amountText } from "#ui/dashboard/amounts.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { formatDay, formatMoney } from "#ui/format.ts";
import { AmountField, amountWithin } from "./amount-field.tsx";

type DialogProps = { booking: DeskBooking; rest?: NonNullable<DeskBooking["rest"]>; locale: string; onClose: () => void };

const reasons = ["requested", "withdrawal"] as const;
type Reason = (typeof reasons)[number];
const reasonOf = (word: string): Reason => reasons.find((one) => one === word) ?? "requested";

/** Money goes back, and the booking stays. With `rest`, of what was paid after a deposit. */
export function RefundDialog({ booking, rest, locale, onClose }: DialogProps) {
  const t = useTranslations("booking.refund");
  const words = useTranslations("booking.cancel");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const { id, customer } = booking;
  const { currency } = booking.money;
  const money = rest
    ? { currency, paidMinor: rest.amountMinor, leftMinor: rest.leftMinor, sentBackMinor: rest.amountMinor - rest.leftMinor }
    : booking.money;
  const [text, setText] = useState(amountText(money.leftMinor, money.currency, locale));
  const [isTried, setIsTried] = useState(false);
  const [reason, setReason] = useState<Reason>("requested");
  const { boughtOn, today, until } = booking.withdrawal;
  const [saidOn, setSaidOn] = useState(today);
  const isTooLate = reason === "withdrawal" && until !== null && saidOn > until;
  const amountMinor = amountWithin(text, money);
  const amount = (minor: number) => formatMoney({ amountMinor: minor, currency: money.currency, locale });

  function refund(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (amountMinor === null) return;
    const asked = reason === "withdrawal" && !isTooLate ? { reason, withdrawnOn: saidOn } : { reason: "requested" as const };
    const json = { amountMinor, seenLeftMinor: money.leftMinor, of: rest ? ("rest" as const) : ("booking" as const), ...asked };
    const headers = { "idempotency-key": key.current };
    const send = () => answerOf(api.bookings[":id"].refunds.$post({ param: { id }, json }, { headers }));
    void saving.save(send, () => {
      toast(t("done"));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text", { email: customer.email })}>
      <form noValidate onSubmit={refund} className="space-y-5" data-testid="refund-form">
        <p>
          {words("paid")}: {amount(money.paidMinor)}
          {money.sentBackMinor > 0 && ` · ${words("before")}: ${amount(money.sentBackMinor)}`}
          {` · ${t("left")}: `}
          <strong className="font-semibold">{amount(money.leftMinor)}</strong>
        </p>
        <AmountField sums={money} text={text} onChange={setText} isWrong={isTried && amountMinor === null} locale={locale} />
        <Select name="reason" label={t("reason")} value={reason} onChange={(event) => setReason(reasonOf(event.currentTarget.value))}>
          {reasons.map((one) => (
            <option key={one} value={one}>
              {t(`reasons.${one}`)}
            </option>
          ))}
        </Select>
        {reason === "withdrawal" && (
          <>
            <Law booking={booking} locale={locale} />
            <Field
              type="date"
              name="withdrawnOn"
              label={t("saidOn")}
              value={saidOn}
              min={boughtOn}
              max={today}
              problem={saving.wrong.includes("withdrawnOn") ? t("saidOnWrong") : undefined}
              onChange={(event) => setSaidOn(event.currentTarget.value || today)}
            />
            {isTooLate && <p role="status">{t("tooLate", { date: dayText(until, locale) })}</p>}
          </>
        )}
        <SaveBar saving={saving} label={t("submit", { amount: amount(amountMinor ?? 0) })} />
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </form>
    </Dialog>
  );
}

/** What the law of the merchant's country says, and where that was read. */
function Law({ booking: { country, withdrawal }, locale }: Pick<DialogProps, "booking" | "locale">) {
  const t = useTranslations("booking.refund");
  const law = withdrawalLaw(country);
  if (!law) return <p className="text-muted text-sm">{t("lawUnknown")}</p>;
  const { withdrawDays, refundDays, daysAre: kind, source } = law;
  return (
    <p className="text-sm">
      <a href={source} rel="noreferrer" target="_blank" className="underline underline-offset-4">
        {t("law", { kind, withdrawDays, refundDays })}
      </a>{" "}
      {withdrawal.until && t("until", { kind, date: dayText(withdrawal.until, locale) })}
    </p>
  );
}

/** A civil day has no zone of its own. */
const dayText = (date: string, locale: string): string => formatDay({ instant: `${date}T12:00:00Z`, locale, timezone: "UTC" });
