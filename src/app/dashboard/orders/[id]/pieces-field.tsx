"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeskOrderLine } from "#contracts/shop-desk/order.ts";
import { LinePicture } from "./lines.tsx";

type PiecesProps = { line: DeskOrderLine; quantity: number; max: number; onChange: (quantity: number) => void; children?: React.ReactNode };

/** How many of one line; `children` asks what becomes of them. */
export function PiecesField({ line, quantity, max, onChange, children }: PiecesProps) {
  const t = useTranslations("orders.counter");
  const name = line.variantTitle ? `${line.title} · ${line.variantTitle}` : line.title;
  const set = (wanted: number) => onChange(Math.min(max, Math.max(0, wanted)));
  return (
    <li className="space-y-2 py-3" data-testid="pieces" data-place={line.place}>
      <div className="flex items-center gap-3">
        <LinePicture line={line} />
        <p className="min-w-0 grow">
          <span className="block font-medium">{name}</span>
          <span className="block text-muted text-sm">{t("of", { max })}</span>
        </p>
        <span className="flex shrink-0 items-center">
          <Press label={t("fewer", { name })} onPress={() => set(quantity - 1)} isOff={quantity === 0}>
            <Minus aria-hidden className="size-5" />
          </Press>
          <input
            type="text"
            inputMode="numeric"
            name={`pieces-${line.place}`}
            aria-label={t("label", { name })}
            value={quantity}
            onChange={(event) => set(Number(event.currentTarget.value.replaceAll(/\D/g, "")) || 0)}
            className="h-11 w-12 rounded-lg border border-edge bg-card text-center tabular-nums"
          />
          <Press label={t("more", { name })} onPress={() => set(quantity + 1)} isOff={quantity === max}>
            <Plus aria-hidden className="size-5" />
          </Press>
        </span>
      </div>
      {quantity > 0 && children}
    </li>
  );
}

function Press({ label, onPress, isOff, children }: { label: string; onPress: () => void; isOff: boolean; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={onPress}
      className="inline-flex size-11 items-center justify-center rounded-lg hover:bg-paper aria-disabled:text-edge"
    >
      {children}
    </button>
  );
}

type StockProps = { place: number; value: boolean | null; isMissing?: boolean; onChange: (isBack: boolean) => void };

/** Asked for each line, and never answered by us: broken pieces are not sold again. */
export function StockQuestion({ place, value, isMissing = false, onChange }: StockProps) {
  const t = useTranslations("orders.counter");
  return (
    <fieldset className="pl-[4.25rem]">
      <legend className="text-sm">{t("stockBack")}</legend>
      <div className="flex flex-wrap gap-x-5">
        {([true, false] as const).map((isBack) => (
          <label key={String(isBack)} className="inline-flex min-h-11 items-center gap-2">
            <input
              type="radio"
              name={`stock-${place}`}
              value={String(isBack)}
              checked={value === isBack}
              onChange={() => onChange(isBack)}
              className="size-5 accent-brand"
            />
            {t(isBack ? "yes" : "no")}
          </label>
        ))}
      </div>
      {isMissing && <p className="font-medium text-bad text-sm">{t("missing")}</p>}
    </fieldset>
  );
}
