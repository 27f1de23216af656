"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Calendar, CalendarEntry } from "#contracts/desk/calendar.ts";
import { Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatMoney, formatPeriod, formatShort } from "#ui/format.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import { BlockDialog, EmptyDialog } from "./block-dialog.tsx";
import { colors, useEntryWords } from "./entry-button.tsx";
import type { Absence } from "./grid.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { canBeMoved, type Open, type Opened, type Rights } from "./opened.ts";
import { useBlocking } from "./use-blocking.ts";

type DetailsProps = { opened: Opened; calendar: Calendar; locale: string; rights: Rights; onOpen: Open; onClose: () => void };

/** What a press has opened. A file of its own, which the calendar loads with the first press. */
export function Details({ opened, calendar, locale, rights, onOpen, onClose }: DetailsProps) {
  const common = { calendar, locale, onClose };
  switch (opened.kind) {
    case "entry":
      return <EntryDialog entry={opened.entry} rights={rights} onOpen={onOpen} {...common} />;
    case "absence":
      return <AbsenceDialog absence={opened.absence} rights={rights} {...common} />;
    case "empty":
      return <EmptyDialog place={opened.place} rights={rights} onOpen={onOpen} {...common} />;
    case "block":
      return <BlockDialog place={opened.place} {...common} />;
    case "move":
      return <MoveDialog entry={opened.entry} to={opened.to} {...common} />;
    default:
      return opened satisfies never;
  }
}

type Common = Pick<DetailsProps, "calendar" | "locale" | "onClose">;

function EntryDialog({
  entry,
  rights,
  calendar,
  locale,
  onOpen,
  onClose,
}: Common & { entry: CalendarEntry; rights: Rights; onOpen: Open }) {
  const t = useTranslations("calendar.panel");
  const { timezone, professionals } = calendar;
  const words = useEntryWords({ names: professionals, locale, timezone })(entry);
  const now = useServerTime(Date.now());
  const { start, end, customer, service, bookingId, state } = entry;
  const isHold = state === "held" || state === "paying";
  return (
    <Dialog isOpen onClose={onClose} title={words.who} text={isHold ? t("holdText") : undefined}>
      <dl className="space-y-3" data-testid="entry-panel">
        <Fact label={t("state")}>
          <Badge className={colors[state]}>{words.state}</Badge>
        </Fact>
        <Fact label={t("when")}>{formatPeriod({ start, end, locale, timezone })}</Fact>
        <Fact label={t("service")}>
          {service.name}
          {service.online && ` · ${t("online")}`}
        </Fact>
        <Fact label={t("professional")}>{words.professional}</Fact>
        {entry.open && entry.open.amountMinor > 0 && <Fact label={t("rest")}>{formatMoney({ ...entry.open, locale })}</Fact>}
        {customer?.phone && (
          <Fact label={t("phone")}>
            <a href={`tel:${customer.phone}`} className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4">
              {customer.phone.replace(";ext=", " ext. ")}
            </a>
          </Fact>
        )}
      </dl>
      <div className="mt-6 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        {bookingId && (!isHold || rights.mayMove) && (
          <Link href={`/dashboard/bookings/${bookingId}`} prefetch={false} className={buttonStyles({ look: "outline" })}>
            {t("open")}
          </Link>
        )}
        {rights.mayMove && canBeMoved(entry, now) && (
          <Button onClick={() => onOpen({ kind: "move", entry, to: null })} data-testid="move">
            {t("move")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="break-words font-medium">{children}</dd>
    </div>
  );
}

/** Removed at once; its toast puts it back. */
function AbsenceDialog({ absence, rights, calendar, locale, onClose }: Common & { absence: Absence; rights: Rights }) {
  const t = useTranslations("calendar.panel");
  const toast = useToast();
  const saving = useSaving();
  const { restore } = useBlocking(calendar);
  const { professional, exceptionId, note, start, end } = absence;
  const [from, until] = [start, end].map((instant) => formatShort({ instant, locale, timezone: calendar.timezone }));
  const remove = () => {
    const param = { id: professional.id, exception: exceptionId };
    void saving.save(
      async () => {
        const before = await answerOf(api.professionals[":id"].exceptions.$get({ param: { id: professional.id } }));
        await answerOf(api.professionals[":id"].exceptions[":exception"].$delete({ param }));
        return before.exceptions.find(({ id }) => id === exceptionId);
      },
      (was) => {
        onClose();
        toast(t("removed"), was && (() => restore(professional.id, was)));
      },
    );
  };
  return (
    <Dialog isOpen onClose={onClose} title={note || t("absenceTitle")} text={`${professional.name} · ${from} – ${until}`}>
      <Problem text={saving.problem} />
      {rights.mayBlock && (
        <div className="mt-4 flex justify-end">
          <Button look="outline" onClick={remove} busyText={saving.isSaving ? t("remove") : undefined} data-testid="remove-block">
            {t("remove")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
