import { HandCoins } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { AttentionKind } from "#contracts/attention.ts";
import { type RefundCasePage, refundCasesQuery, refundCaseViews } from "#contracts/desk/money.ts";
import { refundDeadline } from "#contracts/desk/refund-deadline.ts";
import { listFailedFollowUps } from "#queries/desk/failed-follow-ups.ts";
import { merchantAttention } from "#queries/desk/merchant-attention.ts";
import { listOpenFollowUps } from "#queries/desk/open-follow-ups.ts";
import { listRefundCases } from "#queries/desk/refund-cases.ts";
import { listDisputes } from "#queries/ledger/disputes.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { Disputes } from "./disputes.tsx";
import { Failures } from "./failures.tsx";
import { Neither } from "./neither.tsx";
import { RefundCaseItem } from "./refund-case.tsx";
import { MoneyTabs } from "./tabs.tsx";
import { type FollowUpView, FollowUpViews, UnderWay } from "./under-way.tsx";
import { Waits } from "./waits.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("money"))("title") };
}

type Given = Record<string, string | string[] | undefined>;

/** Money that must go back, what waits for a person, and what is neither. */
export default async function MoneyPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member, permissions } = await requireMember("payments.read");
  const { view, cursor, followUps } = readQuery(await searchParams);
  const { tenantId } = member;
  const [page, attention, { disputes }, failed, underWay, { timezone, country }] = await Promise.all([
    listRefundCases({ tenantId, view, cursor, limit: casesOnPage }),
    merchantAttention(tenantId),
    listDisputes({ tenantId, isOpen: true }),
    followUps === "failed" ? listFailedFollowUps(tenantId) : null,
    followUps === "open" ? listOpenFollowUps(tenantId) : null,
    merchantFormats(tenantId),
  ]);
  const t = await getTranslations("money");
  const locale = regionalLocale(await getLocale(), country);
  const placed = { timezone, locale };
  return (
    <ClientWords namespaces={["money", "orders", "booking", "providers", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <MoneyTabs current="pending" />
      <nav aria-label={t("views.label")} className="mb-4 flex flex-wrap gap-2">
        {refundCaseViews.map((one) => (
          <Link
            key={one}
            href={one === "waiting" ? "/dashboard/money" : `/dashboard/money?view=${one}`}
            aria-current={one === view ? "page" : undefined}
            className={buttonStyles({ look: one === view ? "primary" : "outline" })}
          >
            {t(`views.${one}`)}
          </Link>
        ))}
      </nav>
      <Deadline country={country} />
      <section aria-labelledby="cases" className="mb-8">
        <h2 id="cases" className="sr-only">
          {t(view === "done" ? "doneTitle" : "waitingTitle")}
        </h2>
        {page.refundCases.length === 0 ? (
          <Empty
            icon={HandCoins}
            title={t(view === "done" ? "noneDone" : "none")}
            text={t(view === "done" ? "noneDoneText" : "noneText")}
          />
        ) : (
          <ul className="space-y-3">
            {page.refundCases.map((refundCase) => (
              <RefundCaseItem
                key={refundCase.id}
                refundCase={refundCase}
                mayResolve={permissions.includes("payments.change")}
                {...placed}
              />
            ))}
          </ul>
        )}
        <Pages view={view} isLater={cursor !== undefined} next={page.next} />
      </section>
      <Disputes disputes={disputes} mayTakeEvidence={permissions.includes("bookings.change")} {...placed} />
      <FollowUpViews current={followUps} />
      {failed && <Failures failed={failed} mayRun={permissions.includes("payments.change")} {...placed} />}
      {underWay && <UnderWay followUps={underWay} {...placed} />}
      <Waits
        items={attention.items.filter(({ kind }) => !shownAbove.includes(kind))}
        mayAnswer={permissions.includes("bookings.change")}
        {...placed}
      />
      <Neither attention={attention} {...placed} />
    </ClientWords>
  );
}

/** Until when money must be back: what is promised, and what the law of the country says. */
async function Deadline({ country }: { country: string }) {
  const t = await getTranslations("money.deadline");
  const { dueDays, legal } = refundDeadline(country);
  return (
    <p className="mb-4 text-muted text-sm" data-testid="deadline">
      {t("promise", { days: dueDays })}{" "}
      {legal ? (
        <a href={legal.source} rel="noreferrer" target="_blank" className="inline-flex min-h-11 items-center underline underline-offset-4">
          {t("law", { days: legal.days })}
        </a>
      ) : (
        t("lawUnknown")
      )}
    </p>
  );
}

const casesOnPage = 25;
const shownAbove: readonly AttentionKind[] = ["refund_case_manual", "refund_short_of_balance", "dispute_evidence_due", "follow_up_failed"];
type View = (typeof refundCaseViews)[number];

async function Pages({ view, isLater, next }: { view: View; isLater: boolean; next: RefundCasePage["next"] }) {
  const t = await getTranslations("money");
  if (!isLater && !next) return null;
  return (
    <p className="mt-4 flex flex-wrap justify-center gap-3">
      {isLater && (
        <Link href={`/dashboard/money?view=${view}`} className={buttonStyles({ look: "outline" })}>
          {t("first")}
        </Link>
      )}
      {next && (
        <Link href={`/dashboard/money?${new URLSearchParams({ view, cursor: next })}`} className={buttonStyles({ look: "outline" })}>
          {t("next")}
        </Link>
      )}
    </p>
  );
}

/** What makes no sense is as if it was not there: the address may have been typed. */
function readQuery({ view, cursor, followUps }: Given): { view: View; cursor: string | undefined; followUps: FollowUpView } {
  const given = refundCasesQuery.pick({ view: true }).safeParse({ view });
  const isCursor = typeof cursor === "string" && /^[\w:.+-]+~[0-9a-f-]{36}$/.test(cursor);
  return {
    view: given.success ? given.data.view : "waiting",
    cursor: isCursor ? cursor : undefined,
    followUps: followUps === "open" ? "open" : "failed",
  };
}
