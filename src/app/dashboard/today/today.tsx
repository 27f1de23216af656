import { CalendarPlus, Printer } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { bookingSight } from "#contracts/caller.ts";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { loadDesk } from "#queries/desk/desk.ts";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { formatDay, regionalLocale, sentenceCase } from "#ui/format.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { ModeNote } from "../first-run/mode-note.tsx";
import type { DashboardMember } from "../member.ts";
import { Coming } from "./coming.tsx";
import { Gaps } from "./gaps.tsx";
import { LiveToday } from "./live-today.tsx";
import { NewSince } from "./new-since.tsx";
import { Orders } from "./orders.tsx";
import { Search } from "./search.tsx";
import { ShareLink } from "./share-link.tsx";
import { Takings } from "./takings.tsx";
import { Waiting } from "./waiting.tsx";

/** The day of a reception, or of one who serves: who comes, what waits, what is new. */
export async function Today({ who, run }: { who: DashboardMember; run: FirstRun }) {
  const { member, permissions } = who;
  const { tenantId } = member;
  const [t, language, { timezone, country, now }] = await Promise.all([getTranslations("today"), getLocale(), loadDesk(tenantId)]);
  const locale = regionalLocale(language, country);
  const day = wallTimeOf(now, timezone).date;
  const sight = bookingSight(member);
  const shown = { tenantId, sight, day, timezone, locale, now };
  const isNobody = sight.onlyOf !== null && sight.onlyOf.professionalId === null;
  return (
    <>
      <LiveToday />
      <PageHead
        title={t("title")}
        lead={sentenceCase(formatDay({ instant: new Date(now).toISOString(), locale, timezone }))}
        actions={
          <>
            {permissions.includes("bookings.change") && (
              <Link href="/dashboard/bookings/new" prefetch={false} className={buttonStyles()} data-testid="new-booking">
                <CalendarPlus aria-hidden className="size-5" />
                {t("new")}
              </Link>
            )}
            <Link href={`/dashboard/calendar?day=${day}`} prefetch={false} className={buttonStyles({ look: "outline" })}>
              <Printer aria-hidden className="size-5" />
              {t("print")}
            </Link>
          </>
        }
      />
      {isNobody ? (
        <p className="max-w-xl text-muted">{t("noProfessional")}</p>
      ) : (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="min-w-0 space-y-6">
            <Search />
            <Suspense fallback={<Loading text={t("loading")} rows={4} />}>
              <Coming {...shown} mayAttend={permissions.includes("bookings.attend")} isStaff={member.role === "staff"} />
            </Suspense>
          </div>
          <div className="min-w-0 space-y-6">
            {permissions.includes("orders.read") && (
              <Suspense fallback={null}>
                <Orders tenantId={tenantId} />
              </Suspense>
            )}
            {permissions.includes("payments.read") && (
              <Suspense fallback={<Loading text={t("loading")} rows={1} />}>
                <Waiting tenantId={tenantId} timezone={timezone} locale={locale} />
              </Suspense>
            )}
            {permissions.includes("payments.read") && (
              <Suspense fallback={<Loading text={t("loading")} rows={1} />}>
                <Takings tenantId={tenantId} timezone={timezone} locale={locale} />
              </Suspense>
            )}
            <Suspense fallback={<Loading text={t("loading")} rows={1} />}>
              <NewSince {...shown} />
            </Suspense>
            <Suspense fallback={<Loading text={t("loading")} rows={1} />}>
              <Gaps {...shown} />
            </Suspense>
            {run.link && <ShareLink address={run.link.address} />}
            {permissions.includes("tenant.change") && <ModeNote mode={run.mode} />}
          </div>
        </div>
      )}
    </>
  );
}

function Loading({ text, rows }: { text: string; rows: number }) {
  return (
    <div className="space-y-3">
      <p className="sr-only">{text}</p>
      {["a", "b", "c", "d"].slice(0, rows).map((row) => (
        <Skeleton key={row} className="h-24" />
      ))}
    </div>
  );
}
