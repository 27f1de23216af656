"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Problem } from "../alert.tsx";
import { ApiProblem, getAvailability, postHold } from "../api.ts";
import { Button } from "../button.tsx";
import { addDays, dateInZone, formatShort, sentenceCase } from "../format.ts";
import { serverNow } from "../server-time.ts";
import { Skeleton } from "../skeleton.tsx";
import { useErrorText } from "../use-error-text.ts";

type NextSlotsProps = {
  offer: { link: string; service: string; professional: string };
  timezone: string;
  locale: string;
  onHeld: () => void;
};

const places = ["first", "second", "third", "fourth"] as const;
const daysAhead = 13;

/** Shows the next free times. One press holds one. */
export function NextSlots({ offer, timezone, locale, onHeld }: NextSlotsProps) {
  const t = useTranslations("nextSlots");
  const errorText = useErrorText();
  const { starts, reload } = useNextStarts(offer, timezone);
  const [holding, setHolding] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function hold(start: string) {
    setHolding(start);
    setProblem(null);
    try {
      await postHold({ link: offer.link, serviceId: offer.service, professionalId: offer.professional, start });
      onHeld();
    } catch (error) {
      setHolding(null);
      setProblem(errorText(error));
      if (error instanceof ApiProblem && error.code === "slot_taken") reload();
    }
  }

  if (starts === "failed") return <p className="text-muted">{t("failed")}</p>;
  if (starts?.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <div className="space-y-3">
      <p className="font-medium">{t("title")}</p>
      <Problem text={problem} />
      <ul className="grid gap-2 sm:grid-cols-2" aria-busy={starts === null}>
        {starts === null
          ? places.map((place) => (
              <li key={place}>
                <Skeleton className="h-12" />
              </li>
            ))
          : starts.map((start) => (
              <li key={start}>
                <Button
                  look="outline"
                  wide
                  data-testid="next-slot"
                  data-start={start}
                  disabled={holding !== null}
                  busyText={holding === start ? t("holding") : undefined}
                  onClick={() => hold(start)}
                >
                  {sentenceCase(formatShort({ instant: start, locale, timezone }))}
                </Button>
              </li>
            ))}
      </ul>
    </div>
  );
}

function useNextStarts({ link, service, professional }: NextSlotsProps["offer"], timezone: string) {
  const [starts, setStarts] = useState<string[] | "failed" | null>(null);
  const load = useCallback(async () => {
    const from = dateInZone(new Date(serverNow()).toISOString(), timezone);
    try {
      const { slots } = await getAvailability({ link, service, professional, from, to: addDays(from, daysAhead) });
      setStarts(
        slots
          .filter((slot) => slot.state === "free")
          .slice(0, places.length)
          .map((slot) => slot.start),
      );
    } catch {
      setStarts("failed");
    }
  }, [link, service, professional, timezone]);
  useEffect(() => {
    load();
  }, [load]);
  return { starts, reload: load };
}
