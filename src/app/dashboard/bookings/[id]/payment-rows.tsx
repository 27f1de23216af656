import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DeskPayment, DeskRefundCase } from "#contracts/desk/booking.ts";
import { Badge } from "#ui/badge.tsx";
import { AskButton } from "#ui/dashboard/ask-button.tsx";
import { useRefundProblem } from "#ui/dashboard/use-refund-problem.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";

type Placed = { timezone: string; locale: string };
const row = "rounded-xl border border-line p-4 text-sm";

/** `whatPaid` says of which charge it was paid by, if it is no booking. */
type PaymentProps = Placed & { payment: DeskPayment; mayAsk: boolean; whatPaid?: string };

/** A payment with its charges. */
export function Payment({ payment, mayAsk, timezone, locale, whatPaid }: PaymentProps) {
  const t = useTranslations("booking");
  const providerName = useProviderName();
  const methods = useTranslations("byHand.onSite");
  const { provider, status, amountMinor, currency, reference, createdAt, charges, onSite } = payment;
  return (
    <li className={row}>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="font-semibold">{formatMoney({ amountMinor, currency, locale })}</strong>
        <span>{providerName(provider)}</span>
        <Badge>{t(`chargeStatus.${status}`)}</Badge>
        <span className="text-muted">{formatShort({ instant: createdAt, locale, timezone })}</span>
      </p>
      <p className="mt-1 break-all text-muted">
        <code>{reference}</code>
      </p>
      {onSite && (
        <p className="mt-1">
          {t("money.taken", { method: methods(onSite.method), who: onSite.takenBy.name ?? "API" })}
          {onSite.reference && ` · ${onSite.reference}`}
        </p>
      )}
      {mayAsk && <AskButton id={payment.id} />}
      {charges.length === 0 && <p className="mt-2 text-muted">{t("money.noCharges")}</p>}
      <ul className="mt-2 space-y-2">
        {charges.map((charge) => (
          <li key={charge.id} className="border-line border-l-2 pl-3">
            <p className="flex flex-wrap gap-x-3">
              <span className="font-medium">{t(`chargeStatus.${charge.status}`)}</span>
              <span>{formatMoney({ amountMinor: charge.amountMinor, currency: charge.currency, locale })}</span>
              {charge.method && <span>{charge.method}</span>}
              <span className="text-muted">{formatShort({ instant: charge.approvedAt ?? charge.createdAt, locale, timezone })}</span>
            </p>
            <p className="break-all text-muted">
              {t("money.says", { word: charge.providerStatus })} · <code>{charge.providerChargeId}</code>
            </p>
            {charge.tipMinor > 0 && (
              <p>{t("money.tip", { amount: formatMoney({ amountMinor: charge.tipMinor, currency: charge.currency, locale }) })}</p>
            )}
            {charge.isWhatPaid && <p>{whatPaid ?? t("money.whatPaid")}</p>}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** `children`: what it is for. */
export function RefundCase({ refundCase, timezone, locale, children }: Placed & { refundCase: DeskRefundCase; children?: ReactNode }) {
  const t = useTranslations("booking");
  const { amountMinor, currency, reason, state, isWithdrawn, dueAt, attempts, lastError, proof, number } = refundCase;
  const problemOf = useRefundProblem();
  const isDone = state === "done";
  return (
    <li className={row} data-testid="refund-case">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="font-semibold">{formatMoney({ amountMinor, currency, locale })}</strong>
        <span>{t(`refundReason.${reason}`)}</span>
        <Badge
          className={
            isDone ? "bg-good-soft text-good" : state === "manual" || state === "short_of_balance" ? "bg-warn-soft text-warn" : undefined
          }
        >
          {t(`refundState.${isWithdrawn ? "withdrawn" : state}`)}
        </Badge>
      </p>
      <p className="mt-1 text-muted">
        <span className="whitespace-nowrap tabular-nums">{t("money.number", { number })}</span>
        {(!isDone || proof) && " · "}
        {!isDone && t("money.due", { date: formatShort({ instant: dueAt, locale, timezone }) })}
        {!isDone && attempts > 0 && ` · ${t("money.attempts", { count: attempts })}`}
        {isDone && proof && (isWithdrawn ? problemOf(proof) : t("money.proof", { proof }))}
      </p>
      {lastError && !isDone && state !== "short_of_balance" && (
        <p className="mt-1 break-words text-muted">{t("money.lastError", { error: problemOf(lastError) })}</p>
      )}
      {children}
    </li>
  );
}
