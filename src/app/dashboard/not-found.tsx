import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";

/** Also for what the role may not see: nobody learns that it is there. */
export default function DashboardNotFound() {
  const t = useTranslations("dashboard.notFound");
  return (
    <>
      <PageHead title={t("title")} lead={t("text")} />
      <Link href="/dashboard" className={buttonStyles({ look: "outline" })}>
        {t("back")}
      </Link>
    </>
  );
}
