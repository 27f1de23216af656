import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { loadLinkChoices } from "#queries/links/link-choices.ts";
import { loadLinkDetails } from "#queries/links/links.ts";
import { previewAddress } from "#queries/links/preview.ts";
import { linkAddress } from "#queries/site-address.ts";
import { Badge } from "#ui/badge.tsx";
import { Card } from "#ui/card.tsx";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { dateInZone } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../../member.ts";
import { lastMoment } from "../../last-moment.ts";
import { LinkForm } from "../../link-form.tsx";

type Params = { params: Promise<{ id: string }> };
type Details = Awaited<ReturnType<typeof loadLinkDetails>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("links.form"))("editTitle") };
}

export default async function EditLinkPage({ params }: Params) {
  const { member } = await requireMember("links.change");
  const { id } = await params;
  const link = z.uuid().safeParse(id).success ? await loadLinkDetails(member.tenantId, id).catch(() => null) : null;
  if (!link || link.state === "archived") notFound();
  const t = await getTranslations("links");
  const choices = await loadLinkChoices(member.tenantId);
  const { sources, ...own } = link;
  return (
    <ClientWords namespaces={["links", "dashboard", "errors"]}>
      <PageHead
        title={<bdi>{link.name}</bdi>}
        back={{ href: "/dashboard/links", label: t("title") }}
        actions={link.state !== "live" && <Badge className="bg-warn-soft text-warn">{t(`state.${link.state}`)}</Badge>}
      />
      <Share address={link.address} />
      <LinkForm
        // What somebody else saved meanwhile fills the form anew.
        key={link.version}
        link={own}
        choices={choices}
        lastDay={link.expiresAt ? dateInZone(lastMoment(link.expiresAt), choices.timezone) : ""}
        prefix={linkAddress("")}
        preview={link.state === "live" ? await previewAddress(link.publicId) : null}
      />
      <Sources sources={sources} />
    </ClientWords>
  );
}

async function Share({ address }: { address: string }) {
  const t = await getTranslations("links.share");
  return (
    <Card className="mb-8 space-y-3">
      <h2 className="font-semibold text-lg">{t("title")}</h2>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 grow break-all rounded-xl bg-paper px-4 py-3 font-mono text-sm" data-testid="address">
          {address}
        </p>
        <CopyButton text={address} label={t("address")} />
      </div>
      <p className="text-muted text-sm">{t("sources")}</p>
    </Card>
  );
}

async function Sources({ sources }: Pick<Details, "sources">) {
  const t = await getTranslations("links");
  return (
    <Card className="mt-8 max-w-2xl">
      <h2 className="font-semibold text-lg">{t("sources.title")}</h2>
      <p className="text-muted text-sm">{t("days")}</p>
      {sources.length === 0 ? (
        <p className="mt-3">{t("sources.nothing")}</p>
      ) : (
        <table className="mt-3 w-full text-left">
          <thead>
            <tr className="border-line border-b text-muted text-sm">
              <th scope="col" className="py-2 font-medium">
                {t("sources.source")}
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                {t("sources.opens")}
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                {t("sources.paid")}
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ source, opens, paid }) => (
              <tr key={source} className="border-line border-b last:border-0">
                <th scope="row" className="break-all py-2 font-normal">
                  {source || t("sources.none")}
                </th>
                <td className="py-2 text-right tabular-nums">{opens}</td>
                <td className="py-2 text-right tabular-nums">{paid}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
