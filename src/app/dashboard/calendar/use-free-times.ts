"use client";

import { useEffect, useState } from "react";
import { answerOf, api } from "#ui/dashboard/api.ts";

type Wanted = { serviceId: string; professionalId: string; date: string };

/**
 * Starts that a customer could take on a date. Null while they are read; empty too where the
 * service is not offered any more.
 */
export function useFreeTimes({ serviceId, professionalId, date }: Wanted): string[] | null {
  const key = `${serviceId} ${professionalId} ${date}`;
  const [found, setFound] = useState<{ key: string; starts: string[] } | null>(null);
  useEffect(() => {
    let isGone = false;
    const query = { service: serviceId, professional: professionalId, from: date, to: date };
    answerOf(api.availability.$get({ query }))
      .then(({ slots }) => slots.filter(({ state }) => state === "free").map(({ start }) => start))
      .catch(() => [])
      .then((starts) => !isGone && setFound({ key, starts }));
    return () => {
      isGone = true;
    };
  }, [key, serviceId, professionalId, date]);
  return found?.key === key ? found.starts : null;
}
