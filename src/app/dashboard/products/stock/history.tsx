import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { StockHistory } from "#contracts/shop-desk/stock.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { classNames } from "#ui/class-names.ts";
import { formatShort } from "#ui/format.ts";

type HistoryProps = {
  history: StockHistory;
  hasVariants: boolean;
  locale: string;
  timezone: string;
  older: string | null;
  newest: string | null;
};

/** Every change with its reason and who made it, newest first. */
export async function History({ history: { changes }, hasVariants, locale, timezone, older, newest }: HistoryProps) {
  const t = await getTranslations("shopDesk.stock");
  return (
    <Card id="history" aria-labelledby="history-title" className="mt-6 space-y-4">
      <h2 id="history-title" className="font-semibold text-xl">
        {t("history")}
      </h2>
      {changes.length === 0 ? (
        <p className="text-muted">{t("noHistory")}</p>
      ) : (
        <ol className="divide-y divide-line" data-testid="stock-history">
          {changes.map(({ id, at, quantity, onHand, reason, note, actor, variantTitle, orderId }) => (
            <li key={id} className="grid grid-cols-[3.25rem_minmax(0,1fr)_auto] gap-x-3 py-3">
              <span className={classNames("font-semibold tabular-nums", quantity > 0 ? "text-good" : "text-bad")}>
                {quantity > 0 ? `+${quantity}` : `−${-quantity}`}
              </span>
              <span className="min-w-0">
                <span className="font-medium">{t(`reasons.${reason}`)}</span>
                {hasVariants && variantTitle && <span className="text-muted"> · {variantTitle}</span>}
                {note && <span className="block break-words">{note}</span>}
                <span className="block text-muted text-sm">
                  {formatShort({ instant: at, locale, timezone })} · {orderId && actor.kind !== "member" ? t("byOrder") : whoOf(actor, t)}
                </span>
              </span>
              <span className="text-right text-muted text-sm tabular-nums">{t("left", { count: onHand })}</span>
            </li>
          ))}
        </ol>
      )}
      {(older || newest) && (
        <nav aria-label={t("history")} className="flex flex-wrap gap-3">
          {newest && (
            <Link href={newest} className={buttonStyles({ look: "outline" })}>
              {t("newest")}
            </Link>
          )}
          {older && (
            <Link href={older} className={buttonStyles({ look: "outline" })}>
              {t("older")}
            </Link>
          )}
        </nav>
      )}
    </Card>
  );
}

type Words = Awaited<ReturnType<typeof getTranslations<"shopDesk.stock">>>;

function whoOf({ kind, name }: { kind: string; name: string | null }, t: Words): string {
  if (kind === "member") return name ?? t("somebodyGone");
  if (kind === "api-key") return t("program", { name: name ?? "API" });
  return t("system");
}
