import { SearchX, UsersRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";

/** Nobody at all: who becomes a customer, and how those of another tool come here. */
export function NoCustomers({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations("customers");
  if (isFiltered)
    return (
      <Empty icon={SearchX} title={t("nothingFound.title")} text={t("nothingFound.text")}>
        <Link href="/dashboard/customers" className={buttonStyles({ look: "outline" })}>
          {t("filters.clear")}
        </Link>
      </Empty>
    );
  return (
    <Empty icon={UsersRound} title={t("empty.title")} text={t("empty.text")}>
      <Link href="/dashboard/customers/import" className={buttonStyles()}>
        {t("csv.title")}
      </Link>
    </Empty>
  );
}
