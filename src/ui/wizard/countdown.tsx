"use client";

import { Clock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { classNames } from "../class-names.ts";
import { secondsUntil } from "../server-time.ts";
import { useServerTime } from "../use-server-time.ts";

type CountdownProps = {
  /** An ISO instant. */
  expiresAt: string;
  /** When the server made the page, in milliseconds. */
  renderedAt: number;
  onEnd?: () => void;
  look?: "bar" | "small";
  /** Where the first payer wins, the time to pay runs and nothing is kept. */
  isOpen?: boolean;
};

const urgentSeconds = 60;

/** Counts by the server's clock. Screen readers hear five minutes, one minute and the end only. */
export function Countdown({ expiresAt, renderedAt, onEnd, look = "small", isOpen = false }: CountdownProps) {
  const t = useTranslations("countdown");
  const left = secondsUntil(expiresAt, useServerTime(renderedAt));
  const hasEnded = left === 0;
  useEffect(() => {
    if (hasEnded) onEnd?.();
  }, [hasEnded, onEnd]);
  const isUrgent = left <= urgentSeconds;
  const Icon = isUrgent ? TriangleAlert : Clock;
  return (
    <div
      data-testid="countdown"
      data-seconds={left}
      className={classNames(
        "flex items-center gap-2 font-medium",
        look === "bar" && "justify-center rounded-xl border px-4 py-3 shadow-sm",
        look === "bar" && (isUrgent ? "border-warn/30 bg-warn-soft" : "border-line bg-card"),
        isUrgent ? "text-warn" : "text-ink",
      )}
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      <span>{t.rich(isUrgent ? "hurry" : isOpen ? "open" : "held", { time: () => <Clockface key="time" seconds={left} /> })}</span>
      <Announcement left={left} />
    </div>
  );
}

function Clockface({ seconds }: { seconds: number }) {
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <time className="font-semibold tabular-nums">{text}</time>;
}

const announcedMinutes = [0, 1, 5] as const;

function Announcement({ left }: { left: number }) {
  const t = useTranslations("countdown");
  const [said, setSaid] = useState("");
  const mark = announcedMinutes.find((minutes) => left <= minutes * 60);
  const lastMark = useRef(mark);
  useEffect(() => {
    if (mark === undefined || mark === lastMark.current) return;
    lastMark.current = mark;
    setSaid(mark === 0 ? t("ended") : t("announce", { minutes: mark }));
  }, [mark, t]);
  return (
    <span role="status" className="sr-only">
      {said}
    </span>
  );
}
