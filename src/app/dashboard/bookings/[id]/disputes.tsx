import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { DisputeFacts } from "#ui/dashboard/dispute-facts.tsx";

type Given = { booking: Pick<DeskBooking, "disputes" | "timezone">; mayTakeEvidence: boolean; locale: string };

/** What banks ask about the money of a purchase, or have taken of it. */
export function Disputes({ booking: { disputes, timezone }, mayTakeEvidence, locale }: Given) {
  const t = useTranslations("booking.money");
  if (!disputes || disputes.length === 0) return null;
  return (
    <>
      <h3 className="font-semibold">{t("disputes")}</h3>
      <ul className="space-y-3">
        {disputes.map((dispute) => (
          <li key={dispute.id} className="rounded-xl border border-line p-4 text-sm" data-testid="dispute" data-state={dispute.state}>
            <DisputeFacts dispute={dispute} mayTakeEvidence={mayTakeEvidence} timezone={timezone} locale={locale} />
          </li>
        ))}
      </ul>
    </>
  );
}
