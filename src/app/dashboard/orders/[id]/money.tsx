import { useTranslations } from "next-intl";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { formatMoney } from "#ui/format.ts";
import { Disputes } from "../../bookings/[id]/disputes.tsx";
import { OutsideRefunds } from "../../bookings/[id]/outside-refunds.tsx";
import { Facts, Panel } from "../../bookings/[id]/panel.tsx";
import { Payment, RefundCase } from "../../bookings/[id]/payment-rows.tsx";

type Given = { order: DeskOrder; askable: readonly string[]; locale: string };

/** What was paid, what went back and for which pieces, and what banks say. */
export function OrderMoney({ order, askable, locale }: Given) {
  const t = useTranslations("booking.money");
  const words = useTranslations("orders.money");
  const { money, payments, refundCases, timezone, totals } = order;
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: totals.currency, locale });
  const sum = (name: string, amountMinor: number) =>
    amountMinor > 0 && { name, value: <strong className="font-semibold">{amount(amountMinor)}</strong> };
  return (
    <Panel id="money" title={t("title")}>
      <Facts
        lines={[
          { name: t("paid"), value: <strong className="font-semibold">{amount(money.paidMinor)}</strong> },
          sum(t("sentBack"), money.sentBackMinor - money.underWayMinor),
          sum(t("underWay"), money.underWayMinor),
        ]}
      />
      {payments && refundCases ? (
        <>
          <h3 className="font-semibold">{t("payments")}</h3>
          <ul className="space-y-3">
            {payments.map((payment) => (
              <Payment
                key={payment.id}
                payment={payment}
                mayAsk={askable.includes(payment.id)}
                timezone={timezone}
                locale={locale}
                whatPaid={words("whatPaid")}
              />
            ))}
          </ul>
          <h3 className="font-semibold">{t("refunds")}</h3>
          {refundCases.length === 0 && !order.outsideRefunds?.length && <p className="text-muted">{t("noRefunds")}</p>}
          <ul className="space-y-3 empty:hidden">
            {refundCases.map((refundCase) => (
              <RefundCase key={refundCase.id} refundCase={refundCase} timezone={timezone} locale={locale}>
                <RefundedPieces order={order} refundCase={refundCase} locale={locale} />
              </RefundCase>
            ))}
          </ul>
          <OutsideRefunds booking={order} locale={locale} />
          <Disputes booking={order} mayTakeEvidence={order.may.note} locale={locale} />
        </>
      ) : (
        <p className="text-muted text-sm">{words("hidden")}</p>
      )}
    </Panel>
  );
}

type Case = NonNullable<DeskOrder["refundCases"]>[number];

function RefundedPieces({ order, refundCase, locale }: { order: DeskOrder; refundCase: Case; locale: string }) {
  const t = useTranslations("orders.money");
  const pieces = order.refundedLines.filter(({ refundCaseId }) => refundCaseId === refundCase.id);
  const shippingMinor = refundCase.amountMinor - pieces.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const titleOf = (place: number) => order.lines.find((line) => line.place === place)?.title ?? "";
  const lines = pieces.map(({ place, quantity, isStockBack }) =>
    t(isStockBack ? "pieceBack" : "piece", { quantity, title: titleOf(place) }),
  );
  if (pieces.length > 0 && shippingMinor > 0)
    lines.push(t("shipping", { amount: formatMoney({ amountMinor: shippingMinor, currency: refundCase.currency, locale }) }));
  if (lines.length === 0) return null;
  return <p className="mt-1">{lines.join(" · ")}</p>;
}
