import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import type { InquiryDetails } from "#contracts/ledger/inquiries.ts";
import { Refusal } from "#contracts/problem.ts";
import { loadInquiry } from "#queries/ledger/inquiries.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Badge } from "#ui/badge.tsx";
import { Card } from "#ui/card.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatShort, regionalLocale, sentenceCase } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { requireMember } from "../../../member.ts";
import { BookingLink } from "../../booking-link.tsx";
import { Results } from "../results.tsx";
import { LookAgain } from "./look-again.tsx";

type PageProps = { params: Promise<{ id: string }> };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const inquiryOf = cache(async (id: string) => {
  const { member } = await requireMember("payments.read");
  if (!uuid.test(id)) notFound();
  const { tenantId } = member;
  const inquiry = await loadInquiry({ tenantId, id }).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
  return { inquiry, tenantId };
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inquiries"))("title") };
}

/** How far an inquiry is, and what it found. It can be left and come back to. */
export default async function InquiryPage({ params }: PageProps) {
  const { inquiry, tenantId } = await inquiryOf((await params).id);
  const [t, { timezone, country }] = await Promise.all([getTranslations("inquiries"), merchantFormats(tenantId)]);
  const locale = regionalLocale(await getLocale(), country);
  const at = (instant: string) => formatShort({ instant, locale, timezone });
  const { from, to, doneAt, asked, payments } = inquiry;
  return (
    <ClientWords namespaces={["inquiries"]}>
      <PageHead
        title={sentenceCase(t("span", { from: at(from), to: at(to) }))}
        lead={doneAt ? undefined : t("leave")}
        back={{ href: "/dashboard/money/inquiries", label: t("list.title") }}
      />
      <Card className="mb-6 space-y-3 sm:p-6" aria-live="polite" data-testid="inquiry" data-done={doneAt !== null}>
        <Results inquiry={inquiry} />
        {!doneAt && (
          <progress
            value={asked}
            max={Math.max(1, payments)}
            className="w-full accent-brand"
            aria-label={t("progress", { asked, payments })}
          />
        )}
      </Card>
      {!doneAt && <LookAgain />}
      <Notable inquiry={inquiry} />
    </ClientWords>
  );
}

function Notable({ inquiry: { notable, doneAt, results } }: { inquiry: InquiryDetails }) {
  const t = useTranslations("inquiries");
  const states = useTranslations("booking.chargeStatus");
  const providerName = useProviderName();
  return (
    <section aria-labelledby="notable">
      <h2 id="notable" className="mb-3 font-semibold text-xl">
        {t("notable")}
      </h2>
      {notable.length === 0 && doneAt && <p className="text-muted">{t("nothing")}</p>}
      <ul className="divide-y divide-line rounded-2xl border border-line bg-card empty:hidden" data-testid="notable">
        {notable.map(({ paymentId, reference, provider, result, state, checkoutId, checkoutKind }) => (
          <li key={paymentId} data-result={result} className="flex flex-wrap items-center gap-x-4 gap-y-1 p-4 text-sm">
            <span className="font-medium">{t(`turned.${result}`)}</span>
            <Badge>{states(state)}</Badge>
            <span>{providerName(provider)}</span>
            <code className="break-all text-muted text-xs">{reference}</code>
            <BookingLink id={checkoutId} kind={checkoutKind} />
          </li>
        ))}
      </ul>
      {results.no_answer > 0 && <p className="mt-3 text-muted text-sm">{t("again")}</p>}
    </section>
  );
}
