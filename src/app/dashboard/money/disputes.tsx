import { useTranslations } from "next-intl";
import type { DisputeListed } from "#contracts/ledger/disputes.ts";
import { Card } from "#ui/card.tsx";
import { DisputeFacts } from "#ui/dashboard/dispute-facts.tsx";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { BookingLink } from "./booking-link.tsx";

type DisputesProps = { disputes: readonly DisputeListed[]; mayTakeEvidence: boolean; timezone: string; locale: string };

/** What banks ask or hold. Shown only if there is any: most merchants never see one. */
export function Disputes({ disputes, mayTakeEvidence, timezone, locale }: DisputesProps) {
  const t = useTranslations("money.disputes");
  const providerName = useProviderName();
  if (disputes.length === 0) return null;
  return (
    <Card aria-labelledby="disputes" data-testid="disputes" className="mb-8 space-y-3 sm:p-6">
      <h2 id="disputes" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <p className="text-muted text-sm">{t("lead")}</p>
      <ul className="divide-y divide-line">
        {disputes.map((dispute) => (
          <li key={dispute.id} data-state={dispute.state} className="py-3 text-sm">
            <DisputeFacts dispute={dispute} mayTakeEvidence={mayTakeEvidence} timezone={timezone} locale={locale} />
            <p className="flex flex-wrap items-center gap-x-4 text-muted">
              <span>{providerName(dispute.provider)}</span>
              {dispute.checkout && <bdi>{dispute.checkout.customerName}</bdi>}
              {dispute.checkout && dispute.checkout.kind !== "rest" && (
                <BookingLink id={dispute.checkout.id} kind={dispute.checkout.kind} />
              )}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
