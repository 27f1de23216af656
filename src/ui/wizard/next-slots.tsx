"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Problem } from "../alert.tsx";
import { ApiProblem, getAvailability, postHold } from "../api.ts";
import { Button, buttonStyles } from "../button.tsx";
import { formatShort, knownZone, sentenceCase, zoneName } from "../format.ts";
import { Skeleton } from "../skeleton.tsx";
import { useErrorText } from "../use-error-text.ts";

type NextSlotsProps = {
  offer: { link: string; service: string; professional: string };
  timezone: string;
  locale: string;
  onHeld: () => void;
  /** Where the first payer wins: nobody holds a time, and one press leads to it. */
  addressOf?: ((start: string) => string) | null;
};

const places = ["first", "second", "third", "fourth"] as const;

/** Shows the next free times. One press holds one, or leads to it. */
export function NextSlots({ offer, timezone, locale, onHeld, addressOf = null }: NextSlotsProps) {
  const t = useTranslations("nextSlots");
  const errorText = useErrorText();
  const { starts, reload } = useNextStarts(offer);
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

  // A browser may be older than the merchant's zone: then its own zone is shown, and named.
  const [zone, setZone] = useState(timezone);
  useEffect(() => {
    setZone(knownZone(timezone) ?? knownZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "UTC");
  }, [timezone]);

  if (starts === "failed") return <p className="text-muted">{t("failed")}</p>;
  if (starts?.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <div className="space-y-3">
      <p className="font-medium">{t("title")}</p>
      {zone !== timezone && (
        <p className="text-muted text-sm">{t("zone", { zone: zoneName({ timezone: zone, locale, at: new Date().toISOString() }) })}</p>
      )}
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
                {addressOf ? (
                  <a
                    href={addressOf(start)}
                    data-testid="next-slot"
                    data-start={start}
                    className={buttonStyles({ look: "outline", wide: true })}
                  >
                    {sentenceCase(formatShort({ instant: start, locale, timezone: zone }))}
                  </a>
                ) : (
                  <Button
                    look="outline"
                    wide
                    data-testid="next-slot"
                    data-start={start}
                    disabled={holding !== null}
                    busyText={holding === start ? t("holding") : undefined}
                    onClick={() => hold(start)}
                  >
                    {sentenceCase(formatShort({ instant: start, locale, timezone: zone }))}
                  </Button>
                )}
              </li>
            ))}
      </ul>
    </div>
  );
}

function useNextStarts({ link, service, professional }: NextSlotsProps["offer"]) {
  const [starts, setStarts] = useState<string[] | "failed" | null>(null);
  const load = useCallback(async () => {
    try {
      const { slots } = await getAvailability({ link, service, professional });
      setStarts(
        slots
          .filter((slot) => slot.state === "free")
          .slice(0, places.length)
          .map((slot) => slot.start),
      );
    } catch {
      setStarts("failed");
    }
  }, [link, service, professional]);
  useEffect(() => {
    load();
  }, [load]);
  return { starts, reload: load };
}
