"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { formatDay, formatMoney } from "#ui/format.ts";
import { PiecesField, StockQuestion } from "./pieces-field.tsx";
import { refundSum } from "./refund-sum.ts";

type DialogProps = { order: DeskOrder; locale: string; onClose: () => void };
const reasons = ["requested", "withdrawal"] as const;

/** Which pieces' money goes back, and whether they can be sold again. The sum is live. */
export function RefundDialog({ order, locale, onClose }: DialogProps) {
  const t = useTranslations("orders.refund");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const { id, money, totals, withdrawal } = order;
  const [pieces, setPieces] = useState<Record<number, number>>({});
  const [back, setBack] = useState<Record<number, boolean>>({});
  const [shipping, setShipping] = useState(false);
  const [reason, setReason] = useState<(typeof reasons)[number]>("requested");
  const [saidOn, setSaidOn] = useState(withdrawal.today);
  const [isTried, setIsTried] = useState(false);
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: totals.currency, locale });
  const sumMinor = refundSum(order, { pieces, shipping });
  const chosen = order.lines.filter(({ place }) => (pieces[place] ?? 0) > 0);
  const asked = (line: DeskOrder["lines"][number]) => !line.isDigital && back[line.place] === undefined;
  const isTooLate = reason === "withdrawal" && withdrawal.until !== null && saidOn > withdrawal.until;

  function refund(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (sumMinor === 0 || chosen.some(asked) || isTooLate) return;
    const lines = chosen.map(({ place }) => ({ place, quantity: pieces[place] ?? 0, isStockBack: back[place] ?? false }));
    const why = reason === "withdrawal" ? { reason, withdrawnOn: saidOn } : { reason };
    const json = { lines, shipping, seenLeftMinor: money.leftMinor, ...why };
    const send = () => answerOf(api.orders[":id"].refunds.$post({ param: { id }, json }, { headers: { "idempotency-key": key.current } }));
    void saving.save(send, () => {
      toast(t("done"));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text", { email: order.customer.email })}>
      <form noValidate onSubmit={refund} className="space-y-4" data-testid="refund-form">
        <ul className="divide-y divide-line">
          {order.lines
            .filter(({ refundable }) => refundable > 0)
            .map((line) => (
              <PiecesField
                key={line.place}
                line={line}
                quantity={pieces[line.place] ?? 0}
                max={line.refundable}
                onChange={(quantity) => setPieces({ ...pieces, [line.place]: quantity })}
              >
                {!line.isDigital && (
                  <StockQuestion
                    place={line.place}
                    value={back[line.place] ?? null}
                    isMissing={isTried && asked(line)}
                    onChange={(isBack) => setBack({ ...back, [line.place]: isBack })}
                  />
                )}
              </PiecesField>
            ))}
        </ul>
        {money.shippingLeftMinor > 0 && (
          <Checkbox name="shipping" checked={shipping} onChange={(event) => setShipping(event.currentTarget.checked)}>
            {t("shipping", { amount: amount(money.shippingLeftMinor) })}
          </Checkbox>
        )}
        <Select
          name="reason"
          label={t("reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value === "withdrawal" ? "withdrawal" : "requested")}
        >
          {reasons.map((word) => (
            <option key={word} value={word}>
              {t(`reasons.${word}`)}
            </option>
          ))}
        </Select>
        {reason === "withdrawal" && (
          <>
            <Field
              type="date"
              name="withdrawnOn"
              label={t("saidOn")}
              value={saidOn}
              min={withdrawal.boughtOn}
              max={withdrawal.today}
              onChange={(event) => setSaidOn(event.currentTarget.value || withdrawal.today)}
            />
            <p className={isTooLate ? "font-medium text-bad text-sm" : "text-muted text-sm"} role="status">
              {withdrawal.until === null
                ? t("noEnd")
                : t(isTooLate ? "tooLate" : "until", {
                    date: formatDay({ instant: `${withdrawal.until}T12:00:00Z`, locale, timezone: "UTC" }),
                  })}
            </p>
          </>
        )}
        <p className="flex justify-between gap-4 rounded-xl bg-paper px-4 py-3" aria-live="polite">
          <span>{t("sum")}</span>
          <strong className="font-semibold tabular-nums" data-testid="sum">
            {amount(sumMinor)}
          </strong>
        </p>
        {isTried && sumMinor === 0 && <p className="font-medium text-bad text-sm">{t("nothing")}</p>}
        {sumMinor === money.leftMinor && <p className="text-muted text-sm">{t("ends")}</p>}
        <SaveBar saving={saving} label={t("submit", { amount: amount(sumMinor) })} />
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </form>
    </Dialog>
  );
}
