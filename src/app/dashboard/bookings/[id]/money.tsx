import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import { Disputes } from "./disputes.tsx";
import { OutsideRefunds } from "./outside-refunds.tsx";
import { Facts, Panel } from "./panel.tsx";
import { Payment, RefundCase } from "./payment-rows.tsx";

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
          <Disputes booking={booking} mayTakeEvidence={booking.may.changeDeliveries} locale={locale} />
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
