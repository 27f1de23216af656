"use client";

import { Check, Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { classNames } from "#ui/class-names.ts";
import type { PartOfDay, SlotShown } from "./load-days.ts";

const parts: readonly PartOfDay[] = ["morning", "afternoon", "evening"];

type SlotGroupsProps = { slots: SlotShown[]; start: string | null; onChoose: (start: string) => void };

/** Shows the day's times as radio buttons. A slot that somebody else holds cannot be chosen. */
export function SlotGroups({ slots, start, onChoose }: SlotGroupsProps) {
  const t = useTranslations("availability");
  useEffect(() => {
    // Pressed before React listened: the browser shows it as chosen, and nobody was told.
    const pressed = document.querySelector<HTMLInputElement>("[data-testid=slot] input:checked");
    if (pressed) onChoose(pressed.value);
  }, [onChoose]);
  return (
    <>
      {parts.map((part) => {
        const ofPart = slots.filter((slot) => slot.part === part);
        if (ofPart.length === 0) return null;
        return (
          <fieldset key={part} className="mt-5">
            <legend className="mb-2 font-medium text-muted">{t(part)}</legend>
            <div className="grid grid-cols-2 gap-2 min-[26rem]:grid-cols-3 sm:grid-cols-4">
              {ofPart.map((slot) => (
                <Slot key={slot.start} slot={slot} isChosen={slot.start === start} onChoose={onChoose} />
              ))}
            </div>
          </fieldset>
        );
      })}
    </>
  );
}

function Slot({ slot, isChosen, onChoose }: { slot: SlotShown; isChosen: boolean; onChoose: (start: string) => void }) {
  const t = useTranslations("availability");
  const isHeld = slot.state === "held";
  return (
    <label
      data-testid="slot"
      data-start={slot.start}
      data-state={slot.state}
      className={classNames(
        "relative flex min-h-12 flex-col items-center justify-center rounded-xl border-2 px-2 py-1.5 text-center leading-tight has-focus-visible:outline-3 has-focus-visible:outline-brand-ink has-focus-visible:outline-offset-2",
        isChosen ? "border-brand-ink bg-brand-soft font-semibold" : "border-line bg-card hover:border-edge",
        slot.state === "mine" && !isChosen && "border-brand-ink",
        isHeld && "cursor-not-allowed border-edge border-dashed bg-transparent text-muted hover:border-edge",
      )}
    >
      <input
        type="radio"
        name="slot"
        value={slot.start}
        checked={isChosen}
        disabled={isHeld}
        onChange={() => onChoose(slot.start)}
        className="sr-only"
      />
      <span className="inline-flex items-center gap-1.5">
        {isChosen && <Check aria-hidden className="size-4 text-brand-ink" strokeWidth={3} />}
        {isHeld && <Hourglass aria-hidden className="size-4" />}
        {slot.time}
      </span>
      {isHeld && <span className="text-xs">{t("heldByOther")}</span>}
      {slot.state === "mine" && <span className="text-brand-ink text-xs">{t("mine")}</span>}
    </label>
  );
}
