import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { listSessions, loadAccount } from "#queries/accounts/own-account.ts";
import { listPasskeys } from "#queries/accounts/passkeys.ts";
import { loadTeamSurroundings } from "#queries/accounts/team.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatShort } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { EmailForm } from "./email-form.tsx";
import { NameForm } from "./name-form.tsx";
import { Passkeys } from "./passkeys.tsx";
import { PasswordForm } from "./password-form.tsx";
import { Sessions } from "./sessions.tsx";
import { TwoFactor } from "./two-factor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.security"))("title") };
}

export default async function SecurityPage() {
  const { person, member } = await requireMember();
  const t = await getTranslations("account.security");
  const locale = await getLocale();
  const { person: shown } = await loadAccount(person.personId);
  const { timezone } = await loadTeamSurroundings(member.tenantId);
  const passkeys = (await listPasskeys(person.personId)).map(({ id, name, usedAt }) => {
    return { id, name, used: usedAt && formatShort({ instant: usedAt, locale, timezone }) };
  });
  const sessions = (await listSessions(person)).map(({ id, isCurrent, browser, address, usedAt }) => {
    return { id, isCurrent, browser, address, used: formatShort({ instant: usedAt, locale, timezone }) };
  });
  return (
    <ClientWords namespaces={["account", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <div className="max-w-2xl space-y-6">
        <NameForm name={shown.name} />
        <EmailForm email={shown.email} />
        <PasswordForm email={shown.email} />
        <Passkeys passkeys={passkeys} />
        <TwoFactor isOn={shown.hasTwoFactor} />
        <Sessions sessions={sessions} />
      </div>
    </ClientWords>
  );
}
