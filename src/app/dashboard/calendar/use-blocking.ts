"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Calendar } from "#contracts/desk/calendar.ts";
import type { OpeningExceptionAnswer } from "#contracts/openings.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { type Saving, useSaving } from "#ui/dashboard/use-saving.ts";
import { clockText, wallTimeOf } from "#ui/dashboard/wall-clock.ts";

const exceptionsOf = api.professionals[":id"].exceptions;
const dayMinutes = 1440;

/** A block is an absence of a part of a day, by the professional's clock. */
export type Block = { professionalId: string; start: string; minutes: number; note?: string };

type Blocking = {
  saving: Saving;
  block: (wanted: Block, after: () => void) => void;
  restore: (professionalId: string, was: Pick<OpeningExceptionAnswer, "from" | "to" | "startsAt" | "endsAt" | "note">) => Promise<void>;
};

export function useBlocking({ professionals, timezone }: Calendar): Blocking {
  const t = useTranslations("calendar.blocking");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();

  const add = async (id: string, json: Pick<OpeningExceptionAnswer, "from" | "to" | "startsAt" | "endsAt" | "note">) =>
    answerOf(exceptionsOf.$post({ param: { id }, json: { kind: "closed", ...json } }));
  const undo = async (professionalId: string, exceptionId: string) => {
    await answerOf(exceptionsOf[":exception"].$delete({ param: { id: professionalId, exception: exceptionId } }));
    router.refresh();
  };

  function block({ professionalId, start, minutes, note = "" }: Block, after: () => void): void {
    const zone = professionals.find(({ id }) => id === professionalId)?.timezone ?? timezone;
    const { date, minutes: from } = wallTimeOf(start, zone);
    // A block ends with its day: the next day is another one.
    const until = Math.min(dayMinutes, from + minutes);
    const wanted = { from: date, to: date, startsAt: clockText(from), endsAt: clockText(until), note };
    void saving.save(
      () => add(professionalId, wanted),
      ({ exceptions }) => {
        after();
        const made = exceptions.findLast(
          (one) =>
            one.kind === "closed" &&
            one.from === date &&
            one.to === date &&
            one.startsAt === wanted.startsAt &&
            one.endsAt === wanted.endsAt,
        );
        const count = made?.bookingsCount ?? 0;
        toast(count > 0 ? t("inTheWay", { count }) : t("done"), made && (() => undo(professionalId, made.id)));
      },
    );
  }

  async function restore(professionalId: string, { from, to, startsAt, endsAt, note }: Parameters<Blocking["restore"]>[1]): Promise<void> {
    await add(professionalId, { from, to, startsAt, endsAt, note });
    router.refresh();
  }

  return { saving, block, restore };
}
