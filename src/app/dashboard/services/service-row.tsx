import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Service } from "#contracts/services.ts";
import { Badge } from "#ui/badge.tsx";
import { classNames } from "#ui/class-names.ts";
import { MoreMenu } from "#ui/dashboard/menu.tsx";
import { formatMoney, formatPrice } from "#ui/format.ts";
import { Picture } from "#ui/picture.tsx";
import type { Dragging } from "./service-dragging.tsx";
import type { ServiceActions } from "./use-service-actions.ts";

type ServiceRowProps = {
  service: Service;
  /** Undefined until dragging is loaded. */
  dragging: Dragging | undefined;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: 1 | -1) => void;
  /** Null for whoever may only look. */
  actions: ServiceActions | null;
  locale: string;
  merchantLocale: string;
};

export function ServiceRow({ service, dragging, isFirst, isLast, onMove, actions, locale, merchantLocale }: ServiceRowProps) {
  const t = useTranslations("services.list");
  const { setNodeRef, listeners, y, transition, isDragging } = dragging ?? {};
  const { id, name, currency, priceMinor: amountMinor } = service;
  const title = (
    <span lang={merchantLocale} dir="auto">
      {name}
    </span>
  );
  return (
    <li
      ref={setNodeRef}
      data-testid="service"
      style={{ transform: y != null ? `translate3d(0, ${y}px, 0)` : undefined, transition }}
      className={classNames(
        "flex items-center gap-3 rounded-2xl border border-line bg-card p-3 sm:p-4",
        isDragging && "relative z-10 shadow-lg",
        !service.active && "border-dashed",
      )}
    >
      {actions && (
        // For pointers only: the buttons do the same for everybody.
        <span aria-hidden title={t("dragHint")} className="cursor-grab touch-none py-3 text-muted" data-testid="drag" {...listeners}>
          <GripVertical className="size-5" />
        </span>
      )}
      {service.imageUrl && (
        <Picture src={service.imageUrl} width={96} height={96} className="hidden size-14 shrink-0 rounded-xl object-cover sm:block" />
      )}
      <div className="min-w-0 grow">
        <h2 className="font-semibold">
          {actions ? (
            <Link href={`/dashboard/services/${id}/edit`} className="underline-offset-4 hover:underline">
              {title}
            </Link>
          ) : (
            title
          )}
        </h2>
        <p className="text-muted text-sm">
          {t("minutes", { minutes: service.durationMinutes })} · {formatPrice({ amountMinor, currency, locale, free: t("free") })}
        </p>
        <Badges service={service} locale={locale} />
      </div>
      {actions && (
        <div className="flex shrink-0 items-center">
          <div className="flex flex-col sm:flex-row">
            <MoveButton label={t("up", { name })} icon={ArrowUp} isOff={isFirst} onClick={() => onMove(-1)} />
            <MoveButton label={t("down", { name })} icon={ArrowDown} isOff={isLast} onClick={() => onMove(1)} />
          </div>
          <MoreMenu
            of={name}
            items={[
              { label: t(service.active ? "deactivate" : "activate"), onSelect: () => void actions.setActive(service, !service.active) },
              { label: t("archive"), onSelect: () => void actions.archive(service), isHarsh: true },
            ]}
          />
        </div>
      )}
    </li>
  );
}

type MoveButtonProps = { label: string; icon: typeof ArrowUp; isOff: boolean; onClick: () => void };

/** Keeps the focus at the end of the list, so that a row can be moved on with the keyboard. */
function MoveButton({ label, icon: Icon, isOff, onClick }: MoveButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={() => !isOff && onClick()}
      className="inline-flex size-11 items-center justify-center rounded-xl text-muted hover:text-ink aria-disabled:opacity-40"
    >
      <Icon aria-hidden className="size-5" />
    </button>
  );
}

function Badges({ service, locale }: { service: Service; locale: string }) {
  const t = useTranslations("services.list.badges");
  const { currency, amountDueMinor, priceMinor, questions } = service;
  const words = [
    !service.active && t("inactive"),
    service.professionalIds.length === 0 && t("nobody"),
    service.online && t("online"),
    service.chargeType === "on_site" && priceMinor > 0 && t("onSite"),
    amountDueMinor > 0 &&
      amountDueMinor < priceMinor &&
      t("deposit", { amount: formatMoney({ amountMinor: amountDueMinor, currency, locale }) }),
    service.capacityPolicy === "first_payer_wins" && t("race"),
    questions.length > 0 && t("questions", { count: questions.length }),
  ].filter((word) => word !== false);
  if (words.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-1.5">
      {words.map((word) => (
        <li key={word}>
          <Badge className={word === t("nobody") || word === t("inactive") ? "bg-warn-soft text-warn" : ""}>{word}</Badge>
        </li>
      ))}
    </ul>
  );
}
