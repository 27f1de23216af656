"use client";

import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";

export type MenuItem = { label: ReactNode; onSelect: () => void; isHarsh?: boolean };

const content = "z-50 min-w-48 rounded-xl border border-line bg-card p-1.5 text-ink shadow-lg";
const row =
  "flex min-h-11 cursor-pointer select-none items-center gap-2 rounded-lg px-3 outline-none data-[highlighted]:bg-brand-soft data-[highlighted]:text-brand-ink";

/** The further actions of a row. `of` names the row, for screen readers. */
export function MoreMenu({ of, items }: { of: string; items: readonly MenuItem[] }) {
  const t = useTranslations("dashboard");
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger className="inline-flex size-11 items-center justify-center rounded-xl border border-transparent text-muted hover:border-edge hover:text-ink">
        <Ellipsis aria-hidden className="size-5" />
        <span className="sr-only">{t("more", { name: of })}</span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align="end" sideOffset={4} className={content}>
          {items.map(({ label, onSelect, isHarsh }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items of one menu keep their order
            <Radix.Item key={index} onSelect={onSelect} className={isHarsh ? `${row} text-bad` : row}>
              {label}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
