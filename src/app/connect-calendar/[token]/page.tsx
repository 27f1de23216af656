import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Refusal } from "#contracts/problem.ts";
import type { OwnDetails } from "#contracts/professionals.ts";
import { openInvitation } from "#queries/professionals/calendar-invitations.ts";
import { formatShort } from "#ui/format.ts";
import { Frame, KonfirmadoBrand, TenantFrame } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";
import { OwnDetailsForm } from "./own-details-form.tsx";

type PageProps = { params: Promise<{ token: string }> };

const invitationOf = cache(async (token: string): Promise<OwnDetails | "over"> => {
  try {
    return (await openInvitation(token)).details;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "calendar_invitation_over") return "over";
    notFound();
  }
});

export default async function ConnectCalendarPage({ params }: PageProps) {
  const { token } = await params;
  const [details, t, locale] = await Promise.all([invitationOf(token), getTranslations("professionals.connect"), getLocale()]);
  if (details === "over")
    return (
      <Frame brand={<KonfirmadoBrand />}>
        <ProblemPage title={t("over.title")} text={t("over.text")} />
      </Frame>
    );
  const zones = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"));
  const timezone = details.timezone ?? details.tenant.timezone;
  const when = (instant: string) => formatShort({ instant, locale, timezone });
  return (
    <TenantFrame tenant={details.tenant}>
      <ClientWords namespaces={["professionals", "dashboard", "errors"]}>
        <div className="mx-auto w-full max-w-3xl">
          <h1 className="font-bold text-2xl sm:text-3xl">{t("title")}</h1>
          <p className="mt-2 text-muted">{t("lead", { tenant: details.tenant.name })}</p>
          <p className="mt-1 text-muted text-sm">{t("until", { date: when(details.expiresAt) })}</p>
          <OwnDetailsForm token={token} details={details} zones={zones} confirmedAt={details.confirmedAt && when(details.confirmedAt)} />
        </div>
      </ClientWords>
    </TenantFrame>
  );
}
