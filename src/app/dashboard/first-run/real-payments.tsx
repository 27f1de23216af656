import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";

export function RealPayments() {
  const t = useTranslations("firstRun.real");
  return (
    <div className="space-y-4">
      <p className="text-muted">{t("text")}</p>
      <Link href="/dashboard/settings/payments" className={buttonStyles({ look: "outline" })}>
        {t("open")}
      </Link>
    </div>
  );
}
