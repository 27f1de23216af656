"use client";

import { TimerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { NextSlots } from "#ui/wizard/next-slots.tsx";
import type { DetailsFlowProps } from "./details-props.ts";

type HoldEndedProps = Pick<DetailsFlowProps, "offer" | "timezone" | "locale" | "timesAddress" | "isFree" | "isRace"> & {
  /** The time ran out on this page, so focus moves to the heading that says so. */
  wasHeld: boolean;
  onHeld: () => void;
  addressOf: (start: string) => string;
};

export function HoldEnded({ offer, timezone, locale, timesAddress, isFree, isRace, wasHeld, onHeld, addressOf }: HoldEndedProps) {
  const t = useTranslations("details.ended");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wasHeld) heading.current?.focus();
  }, [wasHeld]);
  const text = isFree ? "textFree" : wasHeld ? "text" : "textUnknown";
  // Here nothing was held: somebody else was faster.
  const isTaken = isRace && wasHeld;
  return (
    <Card data-testid="hold-ended" className="space-y-5">
      <TimerOff aria-hidden className="size-10 text-brand-ink" />
      <div>
        <h1 ref={heading} tabIndex={-1} className="font-bold text-2xl outline-none">
          {t(isTaken ? "titleRace" : "title")}
        </h1>
        <p className="mt-2 text-muted">{t(isTaken ? "textRace" : text)}</p>
      </div>
      <NextSlots {...{ offer, timezone, locale, onHeld }} addressOf={isRace ? addressOf : null} />
      <NextLink href={timesAddress} className={buttonStyles({ look: "quiet", className: "-ml-3" })}>
        {t("allTimes")}
      </NextLink>
    </Card>
  );
}
