import { CalendarPlus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf, type SearchParams } from "#app/book/address.ts";
import { loadByHandChoices } from "#queries/desk/by-hand-choices.ts";
import { loadDesk } from "#queries/desk/desk.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { draftOf } from "./draft.ts";
import { NewBookingForm } from "./new-booking-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("byHand"))("title") };
}

/** The calendar fills in the time and the person that somebody pressed. */
export default async function NewBookingPage({ searchParams }: { searchParams: SearchParams }) {
  const { member } = await requireMember("bookings.change");
  const asked = await queryOf(searchParams, ["professional", "start"]);
  const [choices, { now }, t] = await Promise.all([
    loadByHandChoices(member.tenantId),
    loadDesk(member.tenantId),
    getTranslations("byHand"),
  ]);
  const locale = regionalLocale(await getLocale(), choices.country);
  const isEmpty = choices.professionals.length === 0;
  return (
    <ClientWords namespaces={["byHand", "providers", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={isEmpty ? undefined : t("lead")} back={{ href: "/dashboard/bookings", label: t("back") }} />
      {isEmpty ? (
        <Empty icon={CalendarPlus} title={t("empty.title")} text={t("empty.text")}>
          <Link href="/dashboard/professionals" className={buttonStyles()}>
            {t("empty.action")}
          </Link>
        </Empty>
      ) : (
        <NewBookingForm choices={choices} first={draftOf(choices, asked, now)} locale={locale} renderedAt={now} />
      )}
    </ClientWords>
  );
}
