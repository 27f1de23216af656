"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { classNames } from "../class-names.ts";

type QuantityProps = {
  id: string;
  label: string;
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
};

/** A number between two buttons. What is typed counts when the field is left, or with Enter. */
export function Quantity({ id, label, value, min = 1, max, onChange }: QuantityProps) {
  const t = useTranslations("shop.quantity");
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const set = (wanted: number) => {
    const next = Math.min(Math.max(wanted, min), Math.max(max, min));
    setTyped(String(next));
    if (next !== value) onChange(next);
  };
  const take = () => {
    const wanted = Number.parseInt(typed, 10);
    if (Number.isNaN(wanted)) setTyped(String(value));
    else set(wanted);
  };
  return (
    <div className="inline-flex rounded-xl border border-edge bg-card">
      <Step label={t("less", { label })} isOff={value <= min} onClick={() => set(value - 1)}>
        <Minus aria-hidden className="size-5" />
      </Step>
      <input
        id={id}
        aria-label={label}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        value={typed}
        onChange={({ target }) => setTyped(target.value.replaceAll(/\D/g, ""))}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          take();
        }}
        className="w-12 bg-transparent text-center font-semibold tabular-nums"
      />
      <Step label={t("more", { label })} isOff={value >= max} onClick={() => set(value + 1)}>
        <Plus aria-hidden className="size-5" />
      </Step>
    </div>
  );
}

type StepProps = { label: string; isOff: boolean; onClick: () => void; children: ReactNode };

/** Keeps the focus when it can do no more. */
function Step({ label, isOff, onClick, children }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={() => !isOff && onClick()}
      className={classNames("grid size-11.5 place-items-center rounded-xl", isOff ? "text-muted opacity-50" : "hover:bg-paper")}
    >
      {children}
    </button>
  );
}
