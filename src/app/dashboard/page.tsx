import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { phoneExample } from "#app/book/[id]/(wizard)/details/phone-hint.ts";
import { withQuery } from "#app/book/address.ts";
import { offeredProviders } from "#commands/connections/payment-providers.ts";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { loadFirstRun, loadFirstRunSetup } from "#queries/links/first-run.ts";
import { previewAddress } from "#queries/links/preview.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Checklist } from "./first-run/checklist.tsx";
import { ModeNote } from "./first-run/mode-note.tsx";
import { type DashboardMember, requireMember } from "./member.ts";
import { PhonePreview } from "./phone-preview.tsx";
import { Today } from "./today/today.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("today"))("title") };
}

/** Beginners see what is missing. Others see their day, and below it what is still missing. */
export default async function HomePage() {
  const who = await requireMember();
  const run = await loadFirstRun(who.member.tenantId);
  const mayBegin = who.permissions.includes("tenant.change") && !run.isDone;
  const isNew = mayBegin && run.steps.some(({ step, isDone }) => step !== "real_payments" && !isDone);
  const words = mayBegin ? (["firstRun", "links"] as const) : [];
  return (
    <ClientWords namespaces={["today", "booking", "dashboard", "errors", ...words]}>
      {!isNew && <Today who={who} run={run} />}
      {mayBegin && <Beginning who={who} run={run} isNew={isNew} />}
    </ClientWords>
  );
}

/** The checklist beside the live page. It goes away by itself when nothing is missing. */
async function Beginning({ who, run, isNew }: { who: DashboardMember; run: FirstRun; isNew: boolean }) {
  const t = await getTranslations("firstRun");
  const setup = await loadFirstRunSetup(who.member.tenantId);
  const lead = t(!isNew ? "leadLast" : run.canSimulate ? "lead" : "leadReal");
  return (
    <>
      {isNew ? <PageHead title={t("welcome")} lead={lead} /> : <p className="mt-10 mb-4 max-w-2xl text-muted">{lead}</p>}
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_auto]">
        <div className="space-y-6">
          {isNew && <ModeNote mode={run.mode} />}
          <Checklist
            run={run}
            setup={setup}
            email={who.person.email}
            payAddress={payAddress(run, who, setup.country)}
            providers={offeredProviders().flatMap(({ name, amounts }) =>
              amounts.some(({ currency }) => currency === setup.currency) ? name : [],
            )}
          />
        </div>
        {isNew && run.link && (
          <PhonePreview address={await previewAddress(run.link.publicId)} {...(run.mode === "test" && { banner: t("mode.test") })} />
        )}
      </div>
    </>
  );
}

/** One's own page as a customer would open it, with one's own details filled in. */
function payAddress({ link }: FirstRun, { person }: DashboardMember, country: string): string | null {
  if (!link) return null;
  return withQuery(`/book/${link.publicId}`, { name: person.name, email: person.email, phone: phoneExample(country)?.example });
}
