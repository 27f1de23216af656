import { useMessages, useTranslations } from "next-intl";
import type { RefundCaseListed } from "#contracts/desk/money.ts";
import { Badge } from "#ui/badge.tsx";
import { useRefundProblem } from "#ui/dashboard/use-refund-problem.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { BookingLink } from "./booking-link.tsx";
import { ProofFiles } from "./proof-files.tsx";
import { ResolveButton } from "./resolve-button.tsx";

type Placed = { timezone: string; locale: string };
type ItemProps = Placed & { refundCase: RefundCaseListed; mayResolve: boolean };

/** One sum that goes back: whose, why, until when, and how if a person must send it. */
export function RefundCaseItem({ refundCase, mayResolve, timezone, locale }: ItemProps) {
  const t = useTranslations("money");
  const words = useTranslations("booking");
  const { amountMinor, currency, reason, state, method, isWithdrawn, isByHand, isLate, checkout, lastError, proof, provider, number } =
    refundCase;
  const providerName = useProviderName();
  const problemOf = useRefundProblem();
  const isDone = state === "done";
  const isShort = state === "short_of_balance";
  const amount = formatMoney({ amountMinor, currency, locale });
  const look = isDone
    ? "bg-good-soft text-good"
    : isLate
      ? "bg-bad-soft text-bad"
      : isByHand || isShort
        ? "bg-warn-soft text-warn"
        : undefined;
  return (
    <li className="space-y-3 rounded-2xl border border-line bg-card p-4 sm:p-5" data-testid="refund-case" data-state={state}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="font-semibold text-lg">{amount}</strong>
        <span>{words(`refundReason.${reason}`)}</span>
        <Badge className={look}>{words(`refundState.${isWithdrawn ? "withdrawn" : state}`)}</Badge>
      </div>
      <Deadline refundCase={refundCase} timezone={timezone} locale={locale} />
      <p className="flex flex-wrap items-center gap-x-4 text-sm">
        <span className="whitespace-nowrap text-muted tabular-nums">{t("number", { number })}</span>
        {checkout ? (
          <>
            <bdi>{checkout.customerName}</bdi>
            {checkout.kind !== "rest" && <BookingLink id={checkout.id} kind={checkout.kind} />}
          </>
        ) : (
          <span className="text-muted">{t("noCheckout")}</span>
        )}
      </p>
      {isDone && proof && <p className="break-words text-sm">{isWithdrawn ? problemOf(proof) : t("proof", { proof })}</p>}
      {isShort && <p className="text-sm">{words("money.topUp", { provider: providerName(provider) })}</p>}
      {!isDone && !isShort && lastError && (
        <p className="break-words text-muted text-sm">{t("lastError", { error: problemOf(lastError) })}</p>
      )}
      {isByHand && <Steps refundCase={refundCase} />}
      <ProofFiles refundCase={refundCase} mayAdd={mayResolve && method === "manual" && !isWithdrawn} />
      {isByHand && mayResolve && <ResolveButton id={refundCase.id} amount={amount} />}
    </li>
  );
}

function Deadline({ refundCase, timezone, locale }: Placed & { refundCase: RefundCaseListed }) {
  const t = useTranslations("money");
  const providerName = useProviderName();
  const { state, dueAt, isLate, isByHand, provider } = refundCase;
  if (state === "done") return null;
  const date = formatShort({ instant: dueAt, locale, timezone });
  return (
    <p className="text-sm">
      <span className={isLate ? "font-semibold text-bad" : "font-medium"}>{t(isLate ? "late" : "due", { date })}</span>
      {" · "}
      {isByHand ? t("byHand") : t(state === "short_of_balance" ? "afterTopUp" : "byProvider", { provider: providerName(provider) })}
    </p>
  );
}

/** What a person does, with the numbers that they look for. */
function Steps({ refundCase: { provider, providerChargeId, reference, checkout } }: { refundCase: RefundCaseListed }) {
  const t = useTranslations("money");
  const name = useProviderName()(provider);
  const hints: Record<string, string> = useMessages().money.panelSteps;
  const hint = hints[provider];
  return (
    <div className="rounded-xl bg-paper p-4 text-sm">
      <h3 className="font-medium">{t("steps.title")}</h3>
      <ol className="mt-1 list-decimal space-y-1 break-words pl-5">
        <li>
          {t("steps.panel", { provider: name, charge: providerChargeId })}{" "}
          {t.rich("reference", { reference: () => <code className="break-all">{reference}</code> })}
        </li>
        {hint && <li>{hint}</li>}
        <li>{checkout ? t("steps.refund", { email: checkout.customerEmail }) : t("steps.refundNobody", { provider: name })}</li>
        <li>{t("steps.prove")}</li>
      </ol>
    </div>
  );
}
