import Link from "next/link";
import { useTranslations } from "next-intl";
import { classNames } from "#ui/class-names.ts";

const tabs = [
  { name: "pending", href: "/dashboard/money" },
  { name: "payments", href: "/dashboard/money/payments" },
  { name: "days", href: "/dashboard/money/days" },
  { name: "arrivals", href: "/dashboard/money/arrivals" },
  { name: "checks", href: "/dashboard/money/checks" },
] as const;
export type MoneyTab = (typeof tabs)[number]["name"];

/** The pages about money. Each loads only what it shows. */
export function MoneyTabs({ current }: { current: MoneyTab }) {
  const t = useTranslations("ledger.tabs");
  return (
    <nav aria-label={t("label")} className="mb-6 flex flex-wrap gap-x-1 border-line border-b print:hidden">
      {tabs.map(({ name, href }) => (
        <Link
          key={name}
          href={href}
          prefetch={false}
          aria-current={name === current ? "page" : undefined}
          className={classNames(
            "-mb-px inline-flex min-h-11 items-center border-b-2 px-3",
            name === current ? "border-brand font-semibold text-brand-ink" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
