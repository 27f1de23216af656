import { Download, History } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { eventsQuery } from "#contracts/merchant/audit.ts";
import { auditLog } from "#queries/merchant/audit.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { requireMember } from "../member.ts";
import { Entry } from "./entry.tsx";
import { Filters } from "./filters.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

const entriesOnPage = 50;
type Given = Record<string, string | string[] | undefined>;

export default async function AuditPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member } = await requireMember("events.read");
  const { cursor, ...filters } = readQuery(await searchParams);
  const t = await getTranslations("audit");
  const wanted = { tenantId: member.tenantId, filters, cursor, limit: entriesOnPage };
  const [{ events, next }, { timezone }] = await Promise.all([auditLog(wanted), merchantFormats(member.tenantId)]);
  const query = (more: Record<string, string> = {}) => new URLSearchParams({ ...filters, ...more }).toString();
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <a href={`/api/events.csv?${query()}`} className={buttonStyles({ look: "outline" })} download>
            <Download aria-hidden className="size-5" />
            {t("csv")}
          </a>
        }
      />
      <Filters filters={filters} />
      {events.length === 0 ? (
        <Empty icon={History} title={t("empty.title")} text={t(isFiltered ? "empty.filtered" : "empty.text")} />
      ) : (
        <ol className="divide-y divide-line rounded-2xl border border-line bg-card">
          {events.map((event) => (
            <Entry key={event.id} event={event} timezone={timezone} />
          ))}
        </ol>
      )}
      <nav className="mt-6 flex flex-wrap justify-center gap-3">
        {cursor && (
          <Link href={`/dashboard/audit?${query()}`} className={buttonStyles({ look: "outline" })}>
            {t("newest")}
          </Link>
        )}
        {next && (
          <Link href={`/dashboard/audit?${query({ cursor: next })}`} className={buttonStyles({ look: "outline" })}>
            {t("older")}
          </Link>
        )}
      </nav>
    </>
  );
}

/** A field that makes no sense is as if it was not there: the address may have been typed. */
function readQuery(given: Given) {
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const isKnown = name !== "limit" && Object.hasOwn(eventsQuery.shape, name);
    return isKnown && one && eventsQuery.safeParse({ [name]: one }).success ? [[name, one] as const] : [];
  });
  const { limit: _, ...query } = eventsQuery.parse(Object.fromEntries(fields));
  return query;
}
