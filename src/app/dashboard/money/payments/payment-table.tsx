import { useTranslations } from "next-intl";
import type { PaymentRow } from "#contracts/ledger/payments-list.ts";
import { Badge } from "#ui/badge.tsx";
import { AskButton } from "#ui/dashboard/ask-button.tsx";
import { formatDay, formatMoney, formatShort } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { PurchaseName, usePurchaseWords } from "../purchase-name.tsx";

type Placed = { timezone: string; locale: string };
type ListProps = Placed & {
  payments: readonly PaymentRow[];
  /** Providers that can be asked, or none if the member may not. */
  askable: readonly string[];
};

const columns = ["date", "customer", "provider", "state", "outcome", "amount"] as const;
const cell = "px-3 py-3 align-top";

/** Where there is room. On phones PaymentCards shows the same. */
export function PaymentTable({ payments, askable, timezone, locale }: ListProps) {
  const t = useTranslations("ledger.payments");
  return (
    <div className="hidden overflow-x-auto rounded-2xl border border-line bg-card lg:block">
      <table className="w-full text-left text-sm" data-testid="payments">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="border-line border-b text-muted">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={`px-3 py-3 font-medium ${name === "amount" ? "text-right" : ""}`}>
                {t(`columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {payments.map((payment) => (
            <tr key={payment.id} data-row={payment.id}>
              <td className={`${cell} whitespace-nowrap`}>{formatShort({ instant: payment.at, locale, timezone })}</td>
              <th scope="row" className={`${cell} font-normal`}>
                <Whose payment={payment} />
              </th>
              <td className={cell}>
                <ProviderFacts payment={payment} />
              </td>
              <td className={cell}>
                <State payment={payment} />
                <Ask payment={payment} askable={askable} />
              </td>
              <td className={cell}>
                <Outcome payment={payment} locale={locale} />
              </td>
              <td className={`${cell} whitespace-nowrap text-right tabular-nums`}>
                <Amount payment={payment} locale={locale} timezone={timezone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function PaymentCards({ payments, askable, timezone, locale }: ListProps) {
  return (
    <ul className="space-y-3 lg:hidden" data-testid="payment-cards">
      {payments.map((payment) => (
        <li key={payment.id} data-row={payment.id} className="space-y-1.5 rounded-2xl border border-line bg-card p-4 text-sm">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>{formatShort({ instant: payment.at, locale, timezone })}</span>
            <span className="ml-auto text-right tabular-nums">
              <Amount payment={payment} locale={locale} timezone={timezone} />
            </span>
          </p>
          <div>
            <Whose payment={payment} />
          </div>
          <ProviderFacts payment={payment} />
          <div className="flex flex-wrap items-center gap-2">
            <State payment={payment} />
            <Outcome payment={payment} locale={locale} />
          </div>
          <Ask payment={payment} askable={askable} />
        </li>
      ))}
    </ul>
  );
}

type Fact = { payment: PaymentRow };

function Whose({ payment: { checkout } }: Fact) {
  const t = useTranslations("ledger.payments");
  const wordsOf = usePurchaseWords();
  if (!checkout) return <span className="text-muted">{t("noCheckout")}</span>;
  const words = wordsOf(checkout);
  return (
    <>
      <PurchaseName purchase={checkout} className="font-semibold lg:min-h-0" />
      {words && <span className="block text-muted">{words}</span>}
    </>
  );
}

function ProviderFacts({ payment: { provider, mode, method, providerChargeId, reference } }: Fact) {
  const t = useTranslations("ledger");
  const providerName = useProviderName();
  return (
    <div className="space-y-0.5">
      <p className="flex flex-wrap items-center gap-x-2">
        {providerName(provider)}
        {method && <span className="text-muted">{method}</span>}
        {mode === "test" && <Badge className="border border-edge bg-transparent text-muted">{t("mode.test")}</Badge>}
      </p>
      <p className="break-all text-muted text-xs">{providerChargeId}</p>
      <p className="break-all text-muted text-xs">{reference}</p>
    </div>
  );
}

const looks: Partial<Record<PaymentRow["state"], string>> = {
  approved: "bg-good-soft text-good",
  pending: "bg-warn-soft text-warn",
  refunding: "bg-warn-soft text-warn",
  disputed: "bg-bad-soft text-bad",
  charged_back: "bg-bad-soft text-bad",
  declined: "bg-bad-soft text-bad",
  error: "bg-bad-soft text-bad",
};

function State({ payment: { state } }: Fact) {
  const t = useTranslations("booking.chargeStatus");
  return (
    <Badge className={looks[state]} data-testid="state">
      {t(state)}
    </Badge>
  );
}

function Outcome({ payment: { state, outcome, refundCase, refundedMinor, currency, checkout }, locale }: Fact & { locale: string }) {
  const t = useTranslations("ledger.payments");
  const words = useTranslations("booking");
  return (
    <div className="space-y-0.5">
      <p>
        {outcome === null ? (
          <span className="text-muted">{t(state === "pending" ? "outcome.notYet" : "outcome.none")}</span>
        ) : outcome === "booked" && checkout?.kind === "order" ? (
          t("paidOrder")
        ) : (
          t(`outcome.${outcome}`)
        )}
      </p>
      {refundCase && (
        <p className="text-muted">
          {words(`refundReason.${refundCase.reason}`)} · {words(`refundState.${refundCase.state}`)}
        </p>
      )}
      {refundedMinor > 0 && (
        <p className="text-muted">{t("refunded", { amount: formatMoney({ amountMinor: refundedMinor, currency, locale }) })}</p>
      )}
    </div>
  );
}

/** Money without a purchase is asked about by its refund case. */
function Ask({ payment: { id, provider, checkout }, askable }: Fact & Pick<ListProps, "askable">) {
  return checkout && askable.includes(provider) && <AskButton id={id} />;
}

function Amount({ payment, locale, timezone }: Fact & Placed) {
  const { amountMinor, tipMinor, feeMinor, isFeeTold, arrivesAt, currency, state } = payment;
  const t = useTranslations("ledger.payments");
  return (
    <>
      <span className="font-semibold">{formatMoney({ amountMinor, currency, locale })}</span>
      {tipMinor > 0 && (
        <span className="block text-xs">{t("tip", { amount: formatMoney({ amountMinor: tipMinor, currency, locale }) })}</span>
      )}
      {feeMinor !== null ? (
        <span className="block text-muted text-xs">
          {t(isFeeTold ? "feeTold" : "fee", { amount: formatMoney({ amountMinor: feeMinor, currency, locale }) })}
        </span>
      ) : (
        state === "approved" && <span className="block text-muted text-xs">{t("feeUnknown")}</span>
      )}
      {arrivesAt && (
        <span className="block text-muted text-xs">{t("arrives", { date: formatDay({ instant: arrivesAt, locale, timezone }) })}</span>
      )}
    </>
  );
}
