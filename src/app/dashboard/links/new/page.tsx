import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { linksPerPage } from "#contracts/links/links.ts";
import { loadLinkChoices } from "#queries/links/link-choices.ts";
import { listLinks } from "#queries/links/links.ts";
import { previewAddress } from "#queries/links/preview.ts";
import { linkAddress } from "#queries/site-address.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { LinkForm } from "../link-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("links.form"))("newTitle") };
}

/** The preview borrows a link that is live: what the new one chooses is the only difference. */
export default async function NewLinkPage() {
  const { member } = await requireMember("links.change");
  const t = await getTranslations("links");
  const [choices, { links }] = await Promise.all([
    loadLinkChoices(member.tenantId),
    listLinks(member.tenantId, { state: "current", limit: linksPerPage.max }),
  ]);
  const live = links.find(({ state }) => state === "live");
  return (
    <ClientWords namespaces={["links", "dashboard", "errors"]}>
      <PageHead title={t("form.newTitle")} back={{ href: "/dashboard/links", label: t("title") }} />
      <LinkForm
        link={null}
        choices={choices}
        lastDay=""
        prefix={linkAddress("")}
        preview={live ? await previewAddress(live.publicId) : null}
      />
    </ClientWords>
  );
}
