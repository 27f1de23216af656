"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import type { MenuEntry } from "./sections.ts";

export function PaletteDialog({ entries, onClose }: { entries: readonly MenuEntry[]; onClose: () => void }) {
  const t = useTranslations("dashboard.palette");
  const nav = useTranslations("dashboard.nav");
  const router = useRouter();
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("open")}>
      <Command label={t("open")}>
        <Command.Input
          autoFocus
          placeholder={t("placeholder")}
          className="block min-h-12 w-full rounded-xl border border-edge bg-card px-4 text-base"
        />
        <Command.List className="mt-3 max-h-80 overflow-y-auto">
          <Command.Empty className="p-3 text-muted">{t("nothing")}</Command.Empty>
          {entries.map(({ name, href }) => (
            <Command.Item
              key={name}
              value={nav(name)}
              onSelect={() => go(href)}
              className="flex min-h-11 cursor-pointer items-center rounded-lg px-3 data-[selected=true]:bg-brand-soft data-[selected=true]:text-brand-ink"
            >
              {nav(name)}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
