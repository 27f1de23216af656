import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Refusal } from "#contracts/problem.ts";
import { findInvitationOf } from "#queries/professionals/calendar-invitations.ts";
import { listOpeningExceptions } from "#queries/professionals/opening-exceptions.ts";
import { loadProfessional } from "#queries/professionals/professionals.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../../member.ts";
import { CalendarBadge } from "../../calendar-badge.tsx";
import { loadChoices } from "../../choices.ts";
import { EditProfessional } from "./edit-professional.tsx";
import { ExceptionsSection } from "./exceptions-section.tsx";
import { InvitationSection } from "./invitation-section.tsx";

type PageProps = { params: Promise<{ id: string }> };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An archived one is restored from the list first. */
const professionalOf = cache(async (id: string) => {
  const { member } = await requireMember("professionals.change");
  if (!uuid.test(id)) notFound();
  const place = { tenantId: member.tenantId, professionalId: id };
  const found = await loadProfessional(place).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
  if (found.archivedAt !== null) notFound();
  return { place, professional: found };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { professional } = await professionalOf((await params).id);
  return { title: professional.name };
}

export default async function EditProfessionalPage({ params }: PageProps) {
  const { place, professional } = await professionalOf((await params).id);
  const t = await getTranslations("professionals");
  const [choices, openings, invitation, locale] = await Promise.all([
    loadChoices(place.tenantId),
    listOpeningExceptions({ ...place, seesBookings: true }),
    findInvitationOf(place),
    getLocale(),
  ]);
  return (
    <ClientWords namespaces={["professionals", "dashboard", "errors"]}>
      <PageHead
        title={<bdi>{professional.name}</bdi>}
        lead={<CalendarBadge status={professional.calendarStatus} />}
        back={{ href: "/dashboard/professionals", label: t("back") }}
      />
      <div className="max-w-3xl space-y-6">
        <EditProfessional professional={professional} choices={choices} />
        <ExceptionsSection id={professional.id} openings={openings} locale={locale} />
        <InvitationSection
          professional={{ id: professional.id, name: professional.name, email: professional.email }}
          invitation={invitation}
          timezone={openings.timezone}
          locale={locale}
        />
      </div>
    </ClientWords>
  );
}
