"use client";

import {
  Bell,
  BookOpenCheck,
  Building2,
  CalendarClock,
  CalendarDays,
  ChartNoAxesColumn,
  CreditCard,
  HandCoins,
  History,
  House,
  KeyRound,
  Link2,
  type LucideIcon,
  MapPin,
  Menu,
  Package,
  Palette,
  ShieldCheck,
  Stethoscope,
  Store,
  Tags,
  TicketPercent,
  Users,
  UsersRound,
  Webhook,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { classNames } from "#ui/class-names.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import type { MenuEntry, SectionName } from "./sections.ts";

const icons: Record<SectionName, LucideIcon> = {
  home: House,
  bookings: BookOpenCheck,
  calendar: CalendarDays,
  orders: Package,
  customers: UsersRound,
  services: Tags,
  professionals: Stethoscope,
  money: HandCoins,
  links: Link2,
  metrics: ChartNoAxesColumn,
  audit: History,
  products: Package,
  discounts: TicketPercent,
  shop: Store,
  general: Building2,
  branding: Palette,
  locations: MapPin,
  booking: CalendarClock,
  payments: CreditCard,
  callbacks: Webhook,
  apiKeys: KeyRound,
  team: Users,
  notices: Bell,
  security: ShieldCheck,
};

type MenuLists = { sections: readonly MenuEntry[]; shop: readonly MenuEntry[]; settings: readonly MenuEntry[] };

/** Beside the page where there is room, else behind a button. */
export function Navigation({ menu, place }: { menu: MenuLists; place: "side" | "phone" }) {
  const t = useTranslations("dashboard.nav");
  const [isOpen, setIsOpen] = useState(false);
  if (place === "side")
    return (
      <nav
        aria-label={t("label")}
        className="sticky top-16 hidden h-[calc(100dvh-4rem)] w-56 shrink-0 overflow-y-auto py-6 lg:block print:hidden"
      >
        <Lists menu={menu} />
      </nav>
    );
  return (
    <div className="lg:hidden">
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        className="-ml-2 inline-flex size-11 items-center justify-center rounded-xl"
        data-testid="open-menu"
      >
        <Menu aria-hidden className="size-6" />
        <span className="sr-only">{t("open")}</span>
      </button>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title="Konfirmado" place="side">
        <nav aria-label={t("label")}>
          <Lists menu={menu} onChoose={() => setIsOpen(false)} />
        </nav>
      </Dialog>
    </div>
  );
}

function Lists({ menu, onChoose }: { menu: MenuLists; onChoose?: () => void }) {
  const t = useTranslations("dashboard.nav");
  return (
    <>
      <Entries entries={menu.sections} onChoose={onChoose} />
      {menu.shop.length > 0 && (
        <>
          <p className="mt-6 mb-1 px-3 font-semibold text-muted text-sm">{t("shopGroup")}</p>
          <Entries entries={menu.shop} onChoose={onChoose} />
        </>
      )}
      <p className="mt-6 mb-1 px-3 font-semibold text-muted text-sm">{t("settings")}</p>
      <Entries entries={menu.settings} onChoose={onChoose} />
    </>
  );
}

function Entries({ entries, onChoose }: { entries: readonly MenuEntry[]; onChoose: (() => void) | undefined }) {
  const t = useTranslations("dashboard.nav");
  const path = usePathname();
  const isHere = (href: string) => (/^\/dashboard(\/settings)?$/.test(href) ? path === href : path.startsWith(href));
  return (
    <ul className="space-y-0.5">
      {entries.map(({ name, href }) => {
        const Icon = icons[name];
        return (
          <li key={name}>
            <Link
              href={href}
              {...(onChoose && { onClick: onChoose })}
              aria-current={isHere(href) ? "page" : undefined}
              className={classNames(
                "flex min-h-11 items-center gap-3 rounded-xl px-3",
                isHere(href) ? "bg-brand-soft font-semibold text-brand-ink" : "hover:bg-card",
              )}
            >
              <Icon aria-hidden className="size-5 shrink-0" />
              {t(name)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
