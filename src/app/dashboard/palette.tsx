"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { MenuEntry } from "./sections.ts";

/** Its library comes with the first use. */
const PaletteDialog = dynamic(() => import("./palette-dialog.tsx").then(({ PaletteDialog: found }) => found), { ssr: false });

/** Ctrl K or ⌘ K leads anywhere. */
export function Palette({ entries }: { entries: readonly MenuEntry[] }) {
  const t = useTranslations("dashboard.palette");
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setIsOpen(true);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        className="inline-flex min-h-11 items-center gap-2 rounded-xl border border-edge px-3 text-muted hover:text-ink"
        data-testid="palette"
      >
        <Search aria-hidden className="size-4" />
        <span className="sr-only sm:not-sr-only">{t("open")}</span>
        <kbd aria-hidden className="hidden rounded border border-line px-1.5 text-xs lg:inline">
          {t("shortcut")}
        </kbd>
      </button>
      {isOpen && <PaletteDialog entries={entries} onClose={() => setIsOpen(false)} />}
    </>
  );
}
