import { Archive, Plus, Stethoscope } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { listProfessionals } from "#queries/professionals/professionals.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { ProfessionalList } from "./professional-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("professionals");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<{ archived?: string }> };

export default async function ProfessionalsPage({ searchParams }: PageProps) {
  const { member, permissions } = await requireMember("professionals.read");
  const isArchived = (await searchParams).archived === "true";
  const { professionals } = await listProfessionals({ tenantId: member.tenantId, isArchived });
  const mayChange = permissions.includes("professionals.change");
  const t = await getTranslations("professionals");
  const add = mayChange && (
    <Link href="/dashboard/professionals/new" className={buttonStyles()} data-testid="new-professional">
      <Plus aria-hidden className="size-4" />
      {t("new")}
    </Link>
  );
  const other = isArchived ? (
    <Link href="/dashboard/professionals" className={buttonStyles({ look: "outline" })}>
      {t("list.showActive")}
    </Link>
  ) : (
    <Link href="/dashboard/professionals?archived=true" className={buttonStyles({ look: "quiet" })} data-testid="show-archived">
      {t("list.showArchived")}
    </Link>
  );
  const isEmpty = professionals.length === 0;
  return (
    <ClientWords namespaces={["professionals", "dashboard", "errors"]}>
      {isArchived ? (
        <PageHead title={t("list.archivedTitle")} lead={t("list.archivedLead")} actions={other} />
      ) : (
        <PageHead title={t("title")} lead={t("lead")} actions={!isEmpty && add} />
      )}
      {isEmpty && isArchived && <Empty icon={Archive} title={t("list.archivedEmpty")} text={t("list.archivedEmptyText")} />}
      {isEmpty && !isArchived && (
        <Empty icon={Stethoscope} title={t("empty.title")} text={t("empty.text")}>
          {add}
        </Empty>
      )}
      {!isEmpty && <ProfessionalList key={String(isArchived)} professionals={professionals} mayChange={mayChange} />}
      {!isArchived && <p className="mt-6">{other}</p>}
    </ClientWords>
  );
}
