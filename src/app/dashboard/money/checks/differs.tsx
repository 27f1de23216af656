import { useTranslations } from "next-intl";
import type { SettlementChecks } from "#contracts/ledger/checks.ts";
import { Card } from "#ui/card.tsx";
import { AskButton } from "#ui/dashboard/ask-button.tsx";
import { formatMoney, formatShort } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { BookingLink } from "../booking-link.tsx";

type Placed = { timezone: string; locale: string };
type Difference = SettlementChecks["differences"][number];
type DiffersProps = Placed & { differences: readonly Difference[]; isCompared: boolean; askable: readonly string[] };

/** What each says, what it means, and what somebody does about it. */
export function Differs({ differences, isCompared, askable, ...placed }: DiffersProps) {
  const t = useTranslations("ledger.checks.differs");
  return (
    <Card aria-labelledby="differs" data-testid="differs" className="mb-8 space-y-3 sm:p-6">
      <h2 id="differs" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {differences.length === 0 && <p className="text-muted">{t(isCompared ? "none" : "notYet")}</p>}
      <ul className="divide-y divide-line">
        {differences.map((difference) => (
          <Item key={difference.id} difference={difference} mayAsk={askable.includes(difference.id)} {...placed} />
        ))}
      </ul>
    </Card>
  );
}

function Item({ difference, mayAsk, timezone, locale }: Placed & { difference: Difference; mayAsk: boolean }) {
  const t = useTranslations("ledger.checks.differs");
  const providerName = useProviderName();
  const said = useSaid(locale);
  const { kind, provider, providerChargeId, reference, there, here, foundAt, paymentId, checkoutId, checkoutKind } = difference;
  return (
    <li className="space-y-1 py-3" data-kind={kind}>
      <p className="font-medium">{t(`kind.${kind}.what`)}</p>
      <p className="text-sm">{t("there", { what: said(there) })}</p>
      <p className="text-sm">{t("here", { what: said(here) })}</p>
      <p className="text-sm">{t(`kind.${kind}.todo`)}</p>
      <p className="break-all text-muted text-xs">
        {providerName(provider)} · {providerChargeId} · {reference}
      </p>
      <p className="flex flex-wrap items-center gap-x-4 text-muted text-sm">
        {t("found", { date: formatShort({ instant: foundAt, locale, timezone }) })}
        {checkoutId && <BookingLink id={checkoutId} kind={checkoutKind} />}
      </p>
      {mayAsk && paymentId && <AskButton id={paymentId} />}
    </li>
  );
}

const sum = /^(\d+) ([A-Z]{3})$/;

/** A sum, or a state in the merchant's words; null: there is none. */
function useSaid(locale: string): (what: string | null) => string {
  const t = useTranslations("ledger.checks.differs");
  const states = useTranslations("booking.chargeStatus");
  return (what) => {
    if (what === null) return t("nothing");
    const [, amount, currency] = sum.exec(what) ?? [];
    if (amount && currency) return formatMoney({ amountMinor: Number(amount), currency, locale });
    const state = what as Parameters<typeof states>[0];
    return states.has(state) ? states(state) : what;
  };
}
