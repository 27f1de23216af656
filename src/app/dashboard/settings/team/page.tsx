import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { managedRoles } from "#contracts/caller.ts";
import { listTeam, loadTeamSurroundings } from "#queries/accounts/team.ts";
import { formatDate } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { Team } from "./team.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.team"))("title") };
}

export default async function TeamPage() {
  const { member, permissions } = await requireMember("members.read");
  const locale = await getLocale();
  const { tenantId } = member;
  const { members, invitations } = await listTeam(member);
  const { timezone, professionals } = await loadTeamSurroundings(tenantId);
  const manages = permissions.includes("members.change") ? managedRoles(member.role) : [];
  return (
    <ClientWords namespaces={["account", "dashboard", "errors"]}>
      <Team
        members={members}
        invitations={invitations.map((each) => ({ ...each, until: formatDate({ instant: each.expiresAt, locale, timezone }) }))}
        professionals={professionals}
        manages={manages}
      />
    </ClientWords>
  );
}
