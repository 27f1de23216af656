import { CircleCheckBig } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { phoneExample } from "#app/book/[id]/(wizard)/details/phone-hint.ts";
import { withQuery } from "#app/book/address.ts";
import { offeredProviders } from "#commands/connections/payment-providers.ts";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { loadFirstRun, loadFirstRunSetup } from "#queries/links/first-run.ts";
import { previewAddress } from "#queries/links/preview.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Checklist } from "./first-run/checklist.tsx";
import { ModeNote } from "./first-run/mode-note.tsx";
import { type DashboardMember, requireMember } from "./member.ts";
import { PhonePreview } from "./phone-preview.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("firstRun"))("title") };
}

export default async function HomePage() {
  const who = await requireMember();
  const run = await loadFirstRun(who.member.tenantId);
  return (
    <ClientWords namespaces={["firstRun", "links", "dashboard", "errors"]}>
      {who.permissions.includes("tenant.change") && !run.isDone ? <Beginning who={who} run={run} /> : <Home who={who} run={run} />}
    </ClientWords>
  );
}

/** The checklist beside the live page. It goes away by itself when nothing is missing. */
async function Beginning({ who, run }: { who: DashboardMember; run: FirstRun }) {
  const t = await getTranslations("firstRun");
  const setup = await loadFirstRunSetup(who.member.tenantId);
  const isNew = run.steps.some(({ step, isDone }) => step !== "real_payments" && !isDone);
  return (
    <>
      <PageHead title={isNew ? t("welcome") : t("title")} lead={t(!isNew ? "leadLast" : run.canSimulate ? "lead" : "leadReal")} />
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_auto]">
        <div className="space-y-6">
          <ModeNote mode={run.mode} />
          <Checklist
            run={run}
            setup={setup}
            email={who.person.email}
            payAddress={payAddress(run, who, setup.country)}
            providers={offeredProviders().flatMap(({ name, currencies }) => (currencies.includes(setup.currency) ? name : []))}
          />
        </div>
        {run.link && (
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

async function Home({ who, run }: { who: DashboardMember; run: FirstRun }) {
  const t = await getTranslations("firstRun");
  const isStaff = who.member.role === "staff";
  return (
    <>
      <PageHead title={t("title")} lead={isStaff ? t("home.staff", { tenant: who.member.tenantName }) : undefined} />
      <div className="max-w-3xl space-y-6">
        <ModeNote mode={run.mode} />
        {run.link && (
          <Card className="space-y-4">
            <h2 className="flex items-center gap-2 font-semibold text-lg">
              <CircleCheckBig aria-hidden className="size-5 text-good" />
              {t(run.isDone ? "home.ready" : "home.share")}
            </h2>
            <p className="break-all rounded-xl bg-paper px-4 py-3 font-mono text-sm">{run.link.address}</p>
            <CopyButton text={run.link.address} label={t("home.share")} />
          </Card>
        )}
        <nav aria-label={t("title")} className="flex flex-wrap gap-3">
          {(["links", "services", "professionals"] as const).map((section) => (
            <Link key={section} href={`/dashboard/${section}`} className={buttonStyles({ look: "outline" })}>
              {t(`home.${section}`)}
            </Link>
          ))}
        </nav>
      </div>
    </>
  );
}
