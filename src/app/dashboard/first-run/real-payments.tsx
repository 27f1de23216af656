import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";

type RealPaymentsProps = { currency: string; providers: string[] };

/** `providers`: the names of those that take the currency. */
export function RealPayments({ currency, providers }: RealPaymentsProps) {
  const t = useTranslations("firstRun");
  const format = useFormatter();
  const isOffered = providers.length > 0;
  return (
    <div className="space-y-4">
      <p className="text-muted">
        {isOffered ? t("real.text", { providers: format.list(providers, { type: "disjunction" }) }) : t("real.noProvider", { currency })}
      </p>
      <Link
        href={isOffered ? "/dashboard/settings/payments" : "/dashboard/services"}
        className={buttonStyles({ look: "outline" })}
        data-testid="real-payments"
      >
        {t(isOffered ? "real.open" : "real.services")}
      </Link>
    </div>
  );
}
