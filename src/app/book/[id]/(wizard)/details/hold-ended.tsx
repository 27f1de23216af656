"use client";

import { TimerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { NextSlots } from "#ui/wizard/next-slots.tsx";
import type { DetailsFlowProps } from "./details-props.ts";

type HoldEndedProps = Pick<DetailsFlowProps, "offer" | "timezone" | "locale" | "timesAddress" | "isFree"> & {
  /** The time ran out on this page, so focus moves to the heading that says so. */
  wasHeld: boolean;
  onHeld: () => void;
};

export function HoldEnded({ offer, timezone, locale, timesAddress, isFree, wasHeld, onHeld }: HoldEndedProps) {
  const t = useTranslations("details.ended");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wasHeld) heading.current?.focus();
  }, [wasHeld]);
  const text = wasHeld ? "text" : "textUnknown";
  return (
    <Card data-testid="hold-ended" className="space-y-5">
      <TimerOff aria-hidden className="size-10 text-brand-ink" />
      <div>
        <h1 ref={heading} tabIndex={-1} className="font-bold text-2xl outline-none">
          {t("title")}
        </h1>
        <p className="mt-2 text-muted">{t(isFree ? "textFree" : text)}</p>
      </div>
      <NextSlots offer={offer} timezone={timezone} locale={locale} onHeld={onHeld} />
      <NextLink href={timesAddress} className={buttonStyles({ look: "quiet", className: "-ml-3" })}>
        {t("allTimes")}
      </NextLink>
    </Card>
  );
}
