import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { PageParams } from "#app/book/address.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { Alert } from "#ui/alert.tsx";
import { TenantFrame } from "#ui/frame.tsx";
import BookNotFound, { reasonOf } from "../not-found.tsx";
import { Arrival } from "./arrival.tsx";

export async function generateMetadata({ params }: { params: PageParams }): Promise<Metadata> {
  const { id } = await params;
  const found = await bookingOptionsOf(id);
  if (!found.ok) return { title: (await getTranslations("problems"))(`${await reasonOf(`/book/${id}`)}.title`), robots: { index: false } };
  const t = await getTranslations("select");
  const { tenant } = found.options;
  return merchantMetadata({ tenant, page: found.page }, { title: t("pageTitle"), text: t("shareText", { tenant: tenant.name }) });
}

export default async function WizardLayout({ params, children }: { params: PageParams; children: ReactNode }) {
  const { id } = await params;
  const found = await bookingOptionsOf(id);
  if (!found.ok) return <BookNotFound />;
  const { tenant, note } = found.options;
  return (
    <TenantFrame tenant={tenant} link={id}>
      <Arrival link={id} />
      {note && <MerchantNote tenant={tenant} note={note} />}
      {children}
    </TenantFrame>
  );
}

/** Of a signed link, which nobody but the merchant can have written. */
async function MerchantNote({ tenant, note }: { tenant: { name: string; locale: string }; note: string }) {
  const t = await getTranslations("select");
  return (
    <Alert className="mb-6" title={t("noteTitle", { tenant: tenant.name })} data-testid="merchant-note">
      <p lang={tenant.locale}>{note}</p>
    </Alert>
  );
}
