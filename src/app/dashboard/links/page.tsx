import { Link2, Plus, Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { linksPerPage } from "#contracts/links/links.ts";
import { loadLinkChoices } from "#queries/links/link-choices.ts";
import { listLinks } from "#queries/links/links.ts";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { LinkRow } from "./link-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("links"))("title") };
}

/** The address holds state, search and place, so that Back and reload find them again. */
export default async function LinksPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, permissions } = await requireMember("links.read");
  const query = await queryOf(searchParams, ["state", "search", "cursor"]);
  const state = query.state === "archived" ? "archived" : "current";
  const wanted = { state, limit: linksPerPage.default, search: query.search?.slice(0, 100), cursor: query.cursor } as const;
  const [{ links, nextCursor }, choices] = await Promise.all([
    listLinks(member.tenantId, wanted).catch(() => listLinks(member.tenantId, { ...wanted, cursor: undefined })),
    loadLinkChoices(member.tenantId),
  ]);
  const t = await getTranslations("links");
  const mayChange = permissions.includes("links.change");
  const locale = regionalLocale(await getLocale(), choices.country);
  const here = (more: Record<string, string | undefined>) => withQuery("/dashboard/links", { ...more });
  return (
    <ClientWords namespaces={["links", "dashboard", "errors"]}>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          mayChange && (
            <>
              <Link href="/dashboard/links/import" className={buttonStyles({ look: "outline" })}>
                <Upload aria-hidden className="size-4" />
                {t("import")}
              </Link>
              <Link href="/dashboard/links/new" className={buttonStyles()} data-testid="new-link">
                <Plus aria-hidden className="size-4" />
                {t("new")}
              </Link>
            </>
          )
        }
      />
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <nav aria-label={t("which")} className="flex gap-1">
          {(["current", "archived"] as const).map((one) => (
            <Link
              key={one}
              href={here({ state: one === "archived" ? one : undefined })}
              aria-current={one === state ? "page" : undefined}
              className={classNames(
                "inline-flex min-h-11 items-center rounded-xl px-4",
                one === state ? "bg-brand-soft font-semibold text-brand-ink" : "text-muted hover:text-ink",
              )}
            >
              {t(one)}
            </Link>
          ))}
        </nav>
        <form action="/dashboard/links" className="flex w-full gap-2 sm:w-auto">
          {state === "archived" && <input type="hidden" name="state" value="archived" />}
          <input
            type="search"
            name="search"
            aria-label={t("search")}
            placeholder={t("search")}
            defaultValue={query.search}
            maxLength={100}
            className="min-h-12 min-w-0 grow rounded-xl border border-edge bg-card px-4"
          />
          <button type="submit" className={buttonStyles({ look: "outline" })}>
            {t("searchButton")}
          </button>
        </form>
      </div>
      {links.length === 0 ? (
        <NoLinks reason={query.search ? "nothingFound" : state === "archived" ? "emptyArchive" : "empty"} mayChange={mayChange} />
      ) : (
        <ul className="space-y-4">
          {links.map((link) => (
            <li key={link.id}>
              <LinkRow
                link={link}
                choices={{ services: choices.services, professionals: choices.professionals }}
                timezone={choices.timezone}
                locale={locale}
                mayChange={mayChange}
              />
            </li>
          ))}
        </ul>
      )}
      {nextCursor && (
        <Link
          href={here({ state: query.state, search: query.search, cursor: nextCursor })}
          className={buttonStyles({ look: "outline", className: "mt-6" })}
        >
          {t("older")}
        </Link>
      )}
    </ClientWords>
  );
}

async function NoLinks({ reason, mayChange }: { reason: "empty" | "emptyArchive" | "nothingFound"; mayChange: boolean }) {
  const t = await getTranslations("links");
  return (
    <Empty icon={Link2} title={t(`${reason}.title`)} text={t(`${reason}.text`)}>
      {reason === "empty" && mayChange && (
        <Link href="/dashboard/links/new" className={buttonStyles()}>
          {t("new")}
        </Link>
      )}
    </Empty>
  );
}
