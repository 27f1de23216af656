import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { PageParams } from "#app/book/address.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { TenantFrame } from "#ui/frame.tsx";
import BookNotFound, { reasonOf } from "../not-found.tsx";

export async function generateMetadata({ params }: { params: PageParams }): Promise<Metadata> {
  const { id } = await params;
  const found = await bookingOptionsOf(id);
  if (!found.ok) return { title: (await getTranslations("problems"))(`${await reasonOf(`/book/${id}`)}.title`), robots: { index: false } };
  const t = await getTranslations("select");
  const { tenant } = found.options;
  return merchantMetadata({ tenant, page: found.page }, { title: t("pageTitle"), text: t("shareText", { tenant: tenant.name }) });
}

export default async function WizardLayout({ params, children }: { params: PageParams; children: ReactNode }) {
  const { id: link } = await params;
  const found = await bookingOptionsOf(link);
  if (!found.ok) return <BookNotFound />;
  return (
    <TenantFrame tenant={found.options.tenant} link={link}>
      {children}
    </TenantFrame>
  );
}
