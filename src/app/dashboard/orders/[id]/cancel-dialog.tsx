"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatMoney } from "#ui/format.ts";
import { StockQuestion } from "./pieces-field.tsx";

type DialogProps = { order: DeskOrder; locale: string; onClose: () => void };

/** All of it ends, and all money goes back. What of it can be sold again is asked for each line. */
export function CancelDialog({ order, locale, onClose }: DialogProps) {
  const t = useTranslations("orders.cancel");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const { id, money, totals, orderStatus } = order;
  const things = order.lines.filter(({ isDigital, quantity, stockBack }) => !isDigital && quantity > stockBack);
  const [back, setBack] = useState<Record<number, boolean>>({});
  const [isTried, setIsTried] = useState(false);
  const amount = formatMoney({ amountMinor: money.leftMinor, currency: totals.currency, locale });

  function cancel(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (things.some(({ place }) => back[place] === undefined)) return;
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    const stockBack = things
      .filter(({ place }) => back[place])
      .map(({ place, quantity, stockBack: before }) => ({ place, quantity: quantity - before }));
    const json = { stockBack, ...(reason && { reason }), seen: { orderStatus, refundMinor: money.leftMinor } };
    const send = () => answerOf(api.orders[":id"].cancel.$post({ param: { id }, json }, { headers: { "idempotency-key": key.current } }));
    void saving.save(send, () => {
      toast(t("done"));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text", { email: order.customer.email })}>
      <form noValidate onSubmit={cancel} className="space-y-5" data-testid="cancel-form">
        <ul className="divide-y divide-line">
          {things.map((line) => (
            <li key={line.place} className="py-3">
              <p className="font-medium">
                {line.quantity - line.stockBack} × {line.title}
                {line.variantTitle && ` · ${line.variantTitle}`}
              </p>
              <StockQuestion
                place={line.place}
                value={back[line.place] ?? null}
                isMissing={isTried && back[line.place] === undefined}
                onChange={(isBack) => setBack({ ...back, [line.place]: isBack })}
              />
            </li>
          ))}
        </ul>
        <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} rows={2} maxLength={noteLengthMax} />
        <SaveBar saving={saving} label={money.leftMinor > 0 ? t("submit", { amount }) : t("submitNone")} />
        <Button look="quiet" onClick={onClose}>
          {t("keep")}
        </Button>
      </form>
    </Dialog>
  );
}
