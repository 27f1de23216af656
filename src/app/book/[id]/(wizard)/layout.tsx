import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { PageParams } from "#app/book/address.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { TenantFrame } from "#ui/frame.tsx";
import BookNotFound from "../not-found.tsx";

export async function generateMetadata({ params }: { params: PageParams }): Promise<Metadata> {
  const found = await bookingOptionsOf((await params).id);
  const t = await getTranslations("select");
  return found.ok
    ? {
        title: { default: `${t("pageTitle")} · ${found.options.tenant.name}`, template: `%s · ${found.options.tenant.name}` },
        robots: { index: false },
      }
    : {};
}

export default async function WizardLayout({ params, children }: { params: PageParams; children: ReactNode }) {
  const found = await bookingOptionsOf((await params).id);
  if (!found.ok) return <BookNotFound />;
  return <TenantFrame tenant={found.options.tenant}>{children}</TenantFrame>;
}
