import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { keyPermissions } from "#contracts/caller.ts";
import { apiKeys } from "#queries/merchant/api-keys.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { KeyRow } from "./key-row.tsx";
import { NewKey } from "./new-key.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("keys"))("title") };
}

export default async function ApiKeysPage() {
  const { member, permissions } = await requireMember("api_keys.read");
  const t = await getTranslations("keys");
  const [keys, { timezone }] = await Promise.all([apiKeys(member.tenantId), merchantFormats(member.tenantId)]);
  const mayChange = permissions.includes("api_keys.change");
  const offered = keyPermissions.filter((permission) => permissions.includes(permission));
  return (
    <ClientWords namespaces={["keys", "dashboard", "errors"]}>
      {/* The button stays in its place while the first key is made, or the window with it would go. */}
      <PageHead title={t("title")} lead={t("lead")} actions={mayChange && <NewKey offered={offered} />} />
      <p className="mb-6">
        <a href="/api/docs" className="text-brand-ink underline underline-offset-4">
          {t("docs")}
        </a>
      </p>
      {!mayChange && <p className="mb-6 text-muted">{t("onlyOwner")}</p>}
      {keys.length === 0 ? (
        <Empty icon={KeyRound} title={t("empty.title")} text={t("empty.text")} />
      ) : (
        <ul className="space-y-3">
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} timezone={timezone} mayChange={mayChange} />
          ))}
        </ul>
      )}
    </ClientWords>
  );
}
