import { FileText } from "lucide-react";
import { useMessages, useTranslations } from "next-intl";
import type { DeskDispute } from "#contracts/ledger/disputes.ts";
import { Badge } from "../badge.tsx";
import { formatMoney, formatShort } from "../format.ts";

type FactsProps = { dispute: DeskDispute; mayTakeEvidence: boolean; timezone: string; locale: string };

const looks: Record<DeskDispute["state"], string | undefined> = {
  needs_response: "bg-bad-soft text-bad",
  under_review: "bg-warn-soft text-warn",
  won: "bg-good-soft text-good",
  lost: undefined,
};

/** What a bank asks or holds, until when it waits for an answer, and what may be done meanwhile. */
export function DisputeFacts({ dispute, mayTakeEvidence, timezone, locale }: FactsProps) {
  const t = useTranslations("booking.dispute");
  const { id, kind, state, amountMinor, currency, feeMinor, reason, evidenceDueAt, isRefundable } = dispute;
  const reasons: Readonly<Record<string, string>> = useMessages().booking.dispute.reason;
  const isOpen = state === "needs_response" || state === "under_review";
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="font-semibold">{formatMoney({ amountMinor, currency, locale })}</strong>
        <span>{t(`kind.${kind}`)}</span>
        <Badge className={looks[state]}>{t(`state.${state}`)}</Badge>
      </p>
      {reason && <p className="mt-1 break-words text-muted">{t("bankSays", { reason: reasons[reason] ?? reason.replaceAll("_", " ") })}</p>}
      {state === "needs_response" && evidenceDueAt && (
        <p className="mt-1 font-medium">{t("due", { date: formatShort({ instant: evidenceDueAt, locale, timezone }) })}</p>
      )}
      {feeMinor !== null && feeMinor > 0 && (
        <p className="mt-1">{t("fee", { amount: formatMoney({ amountMinor: feeMinor, currency, locale }) })}</p>
      )}
      {isOpen && <p className="mt-1 text-muted">{t(isRefundable ? "inquiryHint" : "blocked")}</p>}
      {mayTakeEvidence && (
        <a
          href={`/api/disputes/${id}/evidence`}
          download
          data-testid="evidence"
          className="mt-1 inline-flex min-h-11 items-center gap-2 text-brand-ink underline underline-offset-4"
        >
          <FileText aria-hidden className="size-4 shrink-0" />
          {t("evidence")}
        </a>
      )}
    </>
  );
}
