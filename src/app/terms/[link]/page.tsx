import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { merchantTermsOf } from "#app/merchant-terms.ts";
import { Card } from "#ui/card.tsx";
import { Frame, KonfirmadoBrand, TenantFrame } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";
import { Contact } from "#ui/wizard/where.tsx";
import { GeneralTerms } from "../general-terms.tsx";

type Asked = { params: Promise<{ link: string }> };

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await merchantTermsOf((await params).link);
  const t = await getTranslations("terms");
  const robots = { index: false };
  return found ? { title: { absolute: t("ownTitle", { tenant: found.tenant.name }) }, robots } : { title: t("title"), robots };
}

/** A merchant's own terms, then what holds for every booking. */
export default async function MerchantTermsPage({ params }: Asked) {
  const { link } = await params;
  const found = await merchantTermsOf(link);
  const t = await getTranslations("terms");
  if (!found) return <UnknownLink />;
  const { tenant, termsText, controllerName, place } = found;
  return (
    <TenantFrame tenant={tenant} link={link}>
      <article className="max-w-2xl">
        <h1 className="font-bold text-3xl">{t("ownTitle", { tenant: tenant.name })}</h1>
        {controllerName !== null && <p className="mt-3 text-lg">{t("controller", { name: controllerName })}</p>}
        {termsText !== null && (
          <>
            <p lang={tenant.locale} data-testid="own-terms" className="wrap-break-word mt-6 whitespace-pre-line">
              {termsText}
            </p>
            <p className="mt-10 border-line border-t pt-6 text-muted">{t("general")}</p>
          </>
        )}
        <GeneralTerms />
        {place && (
          <Card className="mt-8">
            <Contact place={place} />
          </Card>
        )}
      </article>
    </TenantFrame>
  );
}

async function UnknownLink() {
  const t = await getTranslations("problems");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t("linkUnknown.title")} text={t("linkUnknown.text")} />
    </Frame>
  );
}
