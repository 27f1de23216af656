"use client";

import { ArrowDown, ArrowUp, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Professional } from "#contracts/professionals.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { MoreMenu } from "#ui/dashboard/menu.tsx";
import { hoursIn } from "#ui/openings/week.ts";
import { Portrait } from "#ui/portrait.tsx";
import { CalendarBadge } from "./calendar-badge.tsx";

type RowProps = {
  row: Professional;
  mayChange: boolean;
  isFirst: boolean;
  isLast: boolean;
  onMove: ((by: -1 | 1) => void) | null;
  onArchive: () => void;
  onRestore: () => void;
};

const arrow =
  "inline-flex size-11 items-center justify-center rounded-xl text-muted hover:text-ink aria-disabled:text-line aria-disabled:hover:text-line";

export function ProfessionalRow({ row, mayChange, isFirst, isLast, onMove, onArchive, onRestore }: RowProps) {
  const t = useTranslations("professionals.list");
  const router = useRouter();
  const address = `/dashboard/professionals/${row.id}/edit`;
  const isArchived = row.archivedAt !== null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 sm:flex-nowrap sm:px-5">
      <Portrait name={row.name} photoUrl={row.photoUrl} />
      <div className="min-w-0 flex-1 basis-48">
        <h2 className="font-semibold">
          {mayChange && !isArchived ? (
            <Link href={address} className="inline-flex min-h-11 max-w-full items-center break-words hover:underline">
              <bdi>{row.name}</bdi>
            </Link>
          ) : (
            <bdi className="break-words">{row.name}</bdi>
          )}
        </h2>
        <Facts row={row} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <CalendarBadge status={row.calendarStatus} />
        {!row.active && <Badge className="bg-paper text-muted">{t("hidden")}</Badge>}
      </div>
      {mayChange && (
        <div className="ml-auto flex items-center">
          {onMove && (
            <>
              <button
                type="button"
                className={arrow}
                aria-disabled={isFirst || undefined}
                onClick={() => !isFirst && onMove(-1)}
                aria-label={t("up", { name: row.name })}
              >
                <ArrowUp aria-hidden className="size-5" />
              </button>
              <button
                type="button"
                className={arrow}
                aria-disabled={isLast || undefined}
                onClick={() => !isLast && onMove(1)}
                aria-label={t("down", { name: row.name })}
              >
                <ArrowDown aria-hidden className="size-5" />
              </button>
            </>
          )}
          {isArchived ? (
            <Button look="outline" onClick={onRestore}>
              {t("restore")}
            </Button>
          ) : (
            <MoreMenu
              of={row.name}
              items={[
                { label: t("edit"), onSelect: () => router.push(address) },
                { label: t("archive"), onSelect: onArchive, isHarsh: true },
              ]}
            />
          )}
        </div>
      )}
    </li>
  );
}

/** What is missing to be booked is said here, where it can be seen at a glance. */
function Facts({ row }: { row: Professional }) {
  const t = useTranslations("professionals.list");
  const missing = row.serviceIds.length === 0 ? "noServices" : row.hours.length === 0 ? "noHours" : null;
  if (missing)
    return (
      <p className="flex items-center gap-1.5 text-sm text-warn">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        {t(missing)}
      </p>
    );
  const hours = Math.round(hoursIn(row.hours) * 10) / 10;
  return (
    <p className="text-muted text-sm">
      {t("services", { count: row.serviceIds.length })} · {t("hours", { hours })}
    </p>
  );
}
