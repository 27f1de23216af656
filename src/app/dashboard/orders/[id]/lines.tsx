import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeskOrder, DeskOrderLine } from "#contracts/shop-desk/order.ts";
import { Badge } from "#ui/badge.tsx";
import { formatMoney } from "#ui/format.ts";
import { Picture } from "#ui/picture.tsx";
import { Panel } from "../../bookings/[id]/panel.tsx";

type Given = { order: DeskOrder; locale: string };

/** What was bought, what of it is on its way or gone back, and what it adds up to. */
export function Lines({ order, locale }: Given) {
  const t = useTranslations("orders.lines");
  return (
    <Panel id="lines" title={t("title")}>
      <ul className="divide-y divide-line">
        {order.lines.map((line) => (
          <Line key={line.place} line={line} order={order} locale={locale} />
        ))}
      </ul>
      <Sums order={order} locale={locale} />
      {order.note && (
        <blockquote className="rounded-xl bg-paper p-4" data-testid="customers-note">
          <p className="font-medium text-sm">{t("note")}</p>
          <p className="whitespace-pre-wrap break-words">{order.note}</p>
        </blockquote>
      )}
    </Panel>
  );
}

function Line({ line, order, locale }: Given & { line: DeskOrderLine }) {
  const t = useTranslations("orders.lines");
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: order.totals.currency, locale });
  const { quantity, sent, refunded, stockBack, title, variantTitle, sku } = line;
  return (
    <li className="flex gap-4 py-3" data-testid="line" data-place={line.place}>
      <LinePicture line={line} />
      <div className="min-w-0 grow">
        <p className="font-medium">
          <strong className="tabular-nums">{quantity} ×</strong> {title}
          {variantTitle && <span className="font-normal"> · {variantTitle}</span>}
        </p>
        <p className="text-muted text-sm">
          {amount(line.unitPriceMinor)}
          {sku && (
            <>
              {" · "}
              <code className="break-all">{sku}</code>
            </>
          )}
          {line.discountMinor > 0 && ` · ${t("discount", { amount: amount(line.discountMinor) })}`}
          {line.taxPercent > 0 && ` · ${t("tax", { percent: line.taxPercent, amount: amount(line.taxMinor) })}`}
        </p>
        <p className="mt-1 flex flex-wrap gap-1.5 empty:hidden">
          {sent > 0 && <Badge>{t("sent", { count: sent, quantity })}</Badge>}
          {refunded > 0 && <Badge className="bg-bad-soft text-bad">{t("refunded", { count: refunded, quantity })}</Badge>}
          {stockBack > 0 && <Badge className="bg-line text-ink">{t("stockBack", { count: stockBack })}</Badge>}
          {line.isDigital && <Badge className="bg-line text-ink">{t("digital")}</Badge>}
        </p>
      </div>
      <p className="shrink-0 text-right tabular-nums">{amount(line.totalMinor)}</p>
    </li>
  );
}

const side = 56;

export function LinePicture({ line: { imageUrl } }: { line: Pick<DeskOrderLine, "imageUrl"> }) {
  if (imageUrl)
    return (
      <Picture
        src={imageUrl}
        width={side}
        height={side}
        loading="lazy"
        className="size-14 shrink-0 rounded-xl border border-line object-cover"
      />
    );
  return (
    <span className="flex size-14 shrink-0 items-center justify-center rounded-xl bg-paper text-muted">
      <ImageOff aria-hidden className="size-5" />
    </span>
  );
}

function Sums({ order: { totals, shipping }, locale }: Given) {
  const t = useTranslations("orders.sums");
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: totals.currency, locale });
  const lines = [
    [t("subTotal"), amount(totals.subTotalMinor)],
    totals.discountMinor > 0 && [
      totals.discountCode ? t("discountBy", { code: totals.discountCode }) : t("discount"),
      `− ${amount(totals.discountMinor)}`,
    ],
    shipping && [shipping.name, totals.shippingMinor === 0 ? t("free") : amount(totals.shippingMinor)],
    totals.taxMinor > 0 && [t("tax"), amount(totals.taxMinor)],
  ].filter((line) => line !== false && line !== null);
  return (
    <dl className="space-y-1.5 border-line border-t pt-4">
      {lines.map(([name, value]) => (
        <div key={String(name)} className="flex justify-between gap-4 text-muted">
          <dt>{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
      <div className="flex justify-between gap-4 pt-1 font-semibold text-lg">
        <dt>{t("total")}</dt>
        <dd className="tabular-nums" data-testid="total">
          {amount(totals.totalMinor)}
        </dd>
      </div>
    </dl>
  );
}
