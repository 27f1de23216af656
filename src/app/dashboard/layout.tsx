import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { loadPaymentMode } from "#queries/links/first-run.ts";
import { hasShop } from "#queries/shop-desk/shop.ts";
import { Toasts } from "#ui/dashboard/toasts.tsx";
import { KonfirmadoBrand } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { requireMember } from "./member.ts";
import { ModeBadge } from "./mode-badge.tsx";
import { Navigation } from "./navigation.tsx";
import { Bell } from "./notices/bell.tsx";
import { Palette } from "./palette.tsx";
import { SameMerchant } from "./same-merchant.tsx";
import { allowed, sections, settings, shopSections } from "./sections.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("dashboard");
  return { title: { default: t("title"), template: "%s · Konfirmado" }, robots: { index: false } };
}

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { person, member, memberships, permissions } = await requireMember();
  const shop = allowed(shopSections, permissions);
  const menu = {
    sections: allowed(sections, permissions),
    shop: shop.length > 0 && !(await hasShop(member.tenantId)) ? shop.slice(-1) : shop,
    settings: allowed(settings, permissions),
  };
  return (
    <ClientWords namespaces={["dashboard", "notices", "errors"]}>
      {/* Forms of one merchant never become those of another. */}
      <div key={member.tenantId} data-tenant={member.tenantId} className="flex min-h-dvh flex-col">
        <header className="sticky top-0 z-30 border-line border-b bg-card print:hidden">
          <div className="mx-auto flex min-h-16 w-full max-w-7xl items-center gap-3 px-4 sm:px-6">
            <Navigation menu={menu} place="phone" />
            <div className="hidden sm:block">
              <KonfirmadoBrand />
            </div>
            <div className="min-w-0 flex-1 py-1.5 sm:flex sm:items-center sm:justify-between sm:gap-3">
              <p className="truncate font-semibold sm:font-normal sm:text-muted" data-testid="merchant-name">
                {member.tenantName}
              </p>
              <ModeBadge mode={await loadPaymentMode(member.tenantId)} />
            </div>
            <Palette entries={[...menu.sections, ...menu.shop, ...menu.settings]} />
            {permissions.includes("bookings.read") && <Bell tenantId={member.tenantId} />}
            <AccountMenu
              person={{ name: person.name, email: person.email }}
              tenantId={member.tenantId}
              merchants={memberships.map(({ tenantId, tenantName }) => ({ id: tenantId, name: tenantName }))}
            />
          </div>
        </header>
        <div className="mx-auto flex w-full max-w-7xl grow gap-8 px-4 sm:px-6">
          <Navigation menu={menu} place="side" />
          <main id="main" className="min-w-0 grow py-6 sm:py-8">
            {children}
          </main>
        </div>
        <Toasts />
        <SameMerchant tenantId={member.tenantId} />
      </div>
    </ClientWords>
  );
}
