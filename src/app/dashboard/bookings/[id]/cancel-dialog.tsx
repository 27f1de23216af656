"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { FieldProblem } from "#ui/field.tsx";
import { formatMoney } from "#ui/format.ts";
import { AmountField, amountWithin } from "./amount-field.tsx";

type DialogProps = { booking: DeskBooking; locale: string; onClose: () => void };
const choices = ["none", "by_terms", "full", "amount"] as const;
type Choice = (typeof choices)[number];

/** Two decisions: that it is cancelled, and what goes back. The button says both. */
export function CancelDialog({ booking, locale, onClose }: DialogProps) {
  const t = useTranslations("booking.cancel");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const { id, money, status, customer } = booking;
  const hasMoney = money.leftMinor > 0;
  const [choice, setChoice] = useState<Choice | null>(hasMoney ? null : "none");
  const [text, setText] = useState("");
  const [isTried, setIsTried] = useState(false);
  const refundMinor = choice === null ? null : chosen(choice, money, text);
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: money.currency, locale });

  const labelOf = (minor: number | null) => {
    if (minor === null) return t("title");
    return minor > 0 ? t("submit", { amount: amount(minor) }) : t("submitNone");
  };

  function cancel(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (choice === null || refundMinor === null) return;
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    const refund = choice === "amount" ? { amountMinor: refundMinor } : choice;
    const json = { refund, ...(reason && { reason }), seen: { status, refundMinor } };
    const headers = { "idempotency-key": key.current };
    const send = () => answerOf(api.bookings[":id"].cancel.$post({ param: { id }, json }, { headers }));
    void saving.save(send, () => {
      toast(t("done"));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text", { email: customer.email })}>
      <form noValidate onSubmit={cancel} className="space-y-5" data-testid="cancel-form">
        {hasMoney ? (
          <Choices money={money} choice={choice} onChoose={setChoice} isMissing={isTried && choice === null} locale={locale} />
        ) : (
          <p>{t(status === "pending" && money.amountMinor > 0 ? "unpaid" : "nothingPaid")}</p>
        )}
        {booking.rest?.state === "paid" && booking.rest.leftMinor > 0 && (
          <p className="rounded-xl bg-warn-soft px-4 py-3 text-warn">{t("restApart", { amount: amount(booking.rest.leftMinor) })}</p>
        )}
        {choice === "amount" && (
          <AmountField sums={money} text={text} onChange={setText} isWrong={isTried && refundMinor === null} locale={locale} />
        )}
        <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} rows={2} maxLength={noteLengthMax} />
        <SaveBar saving={saving} label={labelOf(refundMinor)} />
        <Button look="quiet" onClick={onClose}>
          {t("keep")}
        </Button>
      </form>
    </Dialog>
  );
}

function chosen(choice: Choice, money: DeskBooking["money"], text: string): number | null {
  if (choice === "none") return 0;
  if (choice === "full") return money.leftMinor;
  return choice === "by_terms" ? money.byTermsMinor : amountWithin(text, money);
}

type ChoicesProps = {
  money: DeskBooking["money"];
  choice: Choice | null;
  onChoose: (choice: Choice) => void;
  isMissing: boolean;
  locale: string;
};

function Choices({ money, choice, onChoose, isMissing, locale }: ChoicesProps) {
  const t = useTranslations("booking.cancel");
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: money.currency, locale });
  const sums: Record<Choice, number | null> = { none: 0, by_terms: money.byTermsMinor, full: money.leftMinor, amount: null };
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">{t("question")}</legend>
      <p className="text-muted text-sm">
        {t("paid")}: {amount(money.paidMinor)}
        {money.sentBackMinor > 0 && ` · ${t("before")}: ${amount(money.sentBackMinor)}`}
      </p>
      {choices
        .filter((one) => one !== "by_terms" || money.byTermsMinor !== null)
        .map((one) => (
          <label
            key={one}
            className="flex min-h-12 cursor-pointer items-center gap-3 rounded-xl border border-edge px-4 py-2 has-[:checked]:border-brand has-[:checked]:bg-brand-soft"
          >
            <input
              type="radio"
              name="refund"
              value={one}
              checked={choice === one}
              onChange={() => onChoose(one)}
              className="size-5 shrink-0 accent-brand"
            />
            <span className="grow">{t(one)}</span>
            {sums[one] !== null && <strong className="font-semibold">{amount(sums[one])}</strong>}
          </label>
        ))}
      <FieldProblem name="refund" problem={isMissing ? t("missing") : undefined} />
      {money.byTermsMinor === null && <p className="text-muted text-sm">{t("noTerms")}</p>}
    </fieldset>
  );
}
