import { useTranslations } from "next-intl";
import type { DeskBooking, DeskPayment, DeskRefundCase } from "#contracts/desk/booking.ts";
import { Badge } from "#ui/badge.tsx";
import { AskButton } from "#ui/dashboard/ask-button.tsx";
import { useRefundProblem } from "#ui/dashboard/use-refund-problem.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { Disputes } from "./disputes.tsx";
import { OutsideRefunds } from "./outside-refunds.tsx";
import { Facts, Panel } from "./panel.tsx";

type Given = { booking: DeskBooking; locale: string };

/** What it costs, what was paid, what went back, and what is open. */
export function Money({ booking, askable, locale }: Given & { askable: readonly string[] }) {
  const t = useTranslations("booking.money");
  const { money, payments, refundCases } = booking;
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: money.currency, locale });
  const sum = (name: "asked" | "paid" | "sentBack" | "underWay" | "rest", amountMinor: number) =>
    amountMinor > 0 && { name: t(name), value: <strong className="font-semibold">{amount(amountMinor)}</strong> };
  return (
    <Panel id="money" title={t("title")}>
      <Facts
        lines={[
          { name: t("price"), value: money.priceMinor === 0 ? t("free") : amount(money.priceMinor) },
          money.amountMinor !== money.priceMinor && !booking.imported && sum("asked", money.amountMinor),
          money.priceMinor > 0 &&
            !booking.imported && { name: t("paid"), value: <strong className="font-semibold">{amount(money.paidMinor)}</strong> },
          sum("sentBack", money.sentBackMinor - money.underWayMinor),
          sum("underWay", money.underWayMinor),
          sum("rest", money.restMinor),
        ]}
      />
      <Terms booking={booking} locale={locale} />
      {booking.imported ? (
        <p data-testid="imported">{t("imported")}</p>
      ) : payments && refundCases ? (
        <>
          <h3 className="font-semibold">{t("payments")}</h3>
          {payments.length === 0 && <p className="text-muted">{t("noPayments")}</p>}
          <ul className="space-y-3 empty:hidden">
            {payments.map((payment) => (
              <Payment
                key={payment.id}
                payment={payment}
                mayAsk={askable.includes(payment.id)}
                timezone={booking.timezone}
                locale={locale}
              />
            ))}
          </ul>
          <h3 className="font-semibold">{t("refunds")}</h3>
          {refundCases.length === 0 && !booking.outsideRefunds?.length && <p className="text-muted">{t("noRefunds")}</p>}
          <ul className="space-y-3 empty:hidden">
            {refundCases.map((refundCase) => (
              <RefundCase key={refundCase.id} refundCase={refundCase} timezone={booking.timezone} locale={locale} />
            ))}
          </ul>
          <OutsideRefunds booking={booking} locale={locale} />
          <Disputes booking={booking} locale={locale} />
        </>
      ) : (
        <p className="text-muted text-sm">{t("hidden")}</p>
      )}
    </Panel>
  );
}

function Terms({ booking: { cancellation, backUntil, money, timezone }, locale }: Given) {
  const t = useTranslations("booking.money");
  if (money.amountMinor === 0) return null;
  if (!cancellation) return <p className="text-muted text-sm">{t("noTerms")}</p>;
  const line = ({ until, percentBack, backMinor }: DeskBooking["backUntil"][number]) =>
    t("until", {
      until: formatShort({ instant: until, locale, timezone }),
      amount: formatMoney({ amountMinor: backMinor, currency: money.currency, locale }),
      percent: percentBack,
    });
  return (
    <div className="rounded-xl bg-paper p-4 text-sm">
      <h3 className="font-medium">{t("terms")}</h3>
      {backUntil.length === 0 ? (
        <p className="mt-1">{t("over")}</p>
      ) : (
        <ul className="mt-1 list-disc space-y-0.5 pl-5">
          {backUntil.map((step) => (
            <li key={step.until}>{line(step)}</li>
          ))}
          <li>{t("after")}</li>
        </ul>
      )}
    </div>
  );
}

type Placed = { timezone: string; locale: string };
const row = "rounded-xl border border-line p-4 text-sm";

function Payment({ payment, mayAsk, timezone, locale }: Placed & { payment: DeskPayment; mayAsk: boolean }) {
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
            {charge.isWhatPaid && <p>{t("money.whatPaid")}</p>}
          </li>
        ))}
      </ul>
    </li>
  );
}

function RefundCase({ refundCase, timezone, locale }: Placed & { refundCase: DeskRefundCase }) {
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
    </li>
  );
}
