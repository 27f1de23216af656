import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { PageParams } from "#app/book/address.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { themeCss, themeOf } from "#ui/colors.ts";
import { Frame, TenantBrand } from "#ui/frame.tsx";
import BookNotFound, { reasonOf } from "../not-found.tsx";

export async function generateMetadata({ params }: { params: PageParams }): Promise<Metadata> {
  const { id } = await params;
  const found = await bookingOptionsOf(id);
  if (!found.ok) return { title: (await getTranslations("problems"))(`${await reasonOf(`/book/${id}`)}.title`), robots: { index: false } };
  const t = await getTranslations("select");
  const { tenant } = found.options;
  return merchantMetadata(tenant, { title: t("pageTitle"), text: t("shareText", { tenant: tenant.name }) });
}

export default async function WizardLayout({ params, children }: { params: PageParams; children: ReactNode }) {
  const found = await bookingOptionsOf((await params).id);
  if (!found.ok) return <BookNotFound />;
  const { tenant } = found.options;
  return (
    <>
      {/* Holds for a full page load only: links into the wizard are plain links, so that the nonce is the document's. */}
      <style nonce={(await headers()).get("x-nonce") ?? undefined}>{themeCss(themeOf(tenant.primaryColor, tenant.secondaryColor))}</style>
      <Frame brand={<TenantBrand name={tenant.name} logoUrl={tenant.logoUrl} locale={tenant.locale} />}>{children}</Frame>
    </>
  );
}
