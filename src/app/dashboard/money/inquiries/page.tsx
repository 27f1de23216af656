import { Search } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { canBeAsked } from "#commands/inquiries/ask-payment.ts";
import { listInquiries } from "#queries/ledger/inquiries.ts";
import { usedProviders } from "#queries/ledger/used-providers.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Card } from "#ui/card.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatShort, regionalLocale, sentenceCase } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { InquiryForm } from "./form.tsx";
import { Results } from "./results.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inquiries"))("title") };
}

/** Asking the providers about all payments of a time, and what came of it. */
export default async function InquiriesPage() {
  const { member, permissions } = await requireMember("payments.read");
  const { tenantId } = member;
  const [t, { timezone, country }, inquiries, providers] = await Promise.all([
    getTranslations("inquiries"),
    merchantFormats(tenantId),
    listInquiries(tenantId),
    usedProviders(tenantId),
  ]);
  const locale = regionalLocale(await getLocale(), country);
  const at = (instant: string) => formatShort({ instant, locale, timezone });
  return (
    <ClientWords namespaces={["inquiries", "providers", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} back={{ href: "/dashboard/money/payments", label: t("back") }} />
      {permissions.includes("payments.change") && <InquiryForm providers={providers.filter(canBeAsked)} timezone={timezone} />}
      <h2 className="mb-3 font-semibold text-xl">{t("list.title")}</h2>
      {inquiries.length === 0 ? (
        <Empty icon={Search} title={t("list.none")} text={t("list.noneText")} />
      ) : (
        <ul className="space-y-3" data-testid="inquiries">
          {inquiries.map((inquiry) => (
            <li key={inquiry.id}>
              <Card className="space-y-1">
                <Link
                  href={`/dashboard/money/inquiries/${inquiry.id}`}
                  prefetch={false}
                  className="inline-flex min-h-11 items-center font-semibold underline-offset-4 hover:underline"
                >
                  {sentenceCase(t("span", { from: at(inquiry.from), to: at(inquiry.to) }))}
                </Link>
                <Results inquiry={inquiry} />
              </Card>
            </li>
          ))}
        </ul>
      )}
    </ClientWords>
  );
}
