import { ShoppingCart } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import { orderSessionsQuery } from "#contracts/shop-desk/order-sessions.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { loadSessionStats } from "#queries/shop/session-stats.ts";
import { listOrderSessions } from "#queries/shop-desk/order-sessions.ts";
import { timeNow } from "#queries/time-now.ts";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { requireMember } from "../../member.ts";
import { SessionCards } from "./session-cards.tsx";
import { Stats, statsDays } from "./stats.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orderSessions"))("title") };
}

const address = "/dashboard/orders/sessions";
const sessionsOnPage = 50;
const tabs = [undefined, "active", "processed", "expired", "cancelled"] as const;
type Given = Record<string, string | string[] | undefined>;

/** What is being paid at this moment, and what became of the others. */
export default async function OrderSessionsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member } = await requireMember("orders.read");
  const { tenantId } = member;
  const asked = await searchParams;
  const given = orderSessionsQuery.pick({ status: true, cursor: true }).safeParse(asked);
  const days = statsDays.find((one) => String(one) === asked["days"]) ?? 30;
  const { status, cursor } = given.success ? given.data : {};
  const wanted = { tenantId, status, limit: sessionsOnPage };
  const [t, { timezone, country }, { sessions, nextCursor }, stats] = await Promise.all([
    getTranslations("orderSessions"),
    merchantFormats(tenantId),
    // A cursor that somebody has typed is as if it was not there.
    listOrderSessions({ ...wanted, cursor }).catch(() => listOrderSessions(wanted)),
    loadSessionStats({ tenantId, days }),
  ]);
  const locale = regionalLocale(await getLocale(), country);
  const range = days === 30 ? undefined : String(days);
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} back={{ href: "/dashboard/orders", label: t("back") }} />
      <Stats stats={stats} days={days} status={status} locale={locale} />
      <nav aria-label={t("tabs.label")} className="-mx-4 mb-5 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0">
        <ul className="flex min-w-max gap-x-1">
          {tabs.map((tab) => (
            <li key={tab ?? "all"}>
              <Link
                href={withQuery(address, { status: tab, days: range })}
                prefetch={false}
                aria-current={tab === status ? "page" : undefined}
                className={classNames(
                  "-mb-px inline-flex min-h-11 items-center border-b-2 px-3",
                  tab === status ? "border-brand font-semibold text-brand-ink" : "border-transparent text-muted hover:text-ink",
                )}
              >
                {t(`tabs.${tab ?? "all"}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {sessions.length === 0 ? (
        <Empty icon={ShoppingCart} title={t("empty.title")} text={t("empty.text")} />
      ) : (
        <SessionCards sessions={sessions} now={await timeNow()} timezone={timezone} locale={locale} />
      )}
      {nextCursor && (
        <nav aria-label={t("pages.label")} className="mt-6 flex justify-center">
          <Link href={withQuery(address, { status, days: range, cursor: nextCursor })} className={buttonStyles({ look: "outline" })}>
            {t("pages.next")}
          </Link>
        </nav>
      )}
    </>
  );
}
