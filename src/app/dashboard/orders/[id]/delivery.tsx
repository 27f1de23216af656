import { useTranslations } from "next-intl";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { formatDate, formatShort } from "#ui/format.ts";
import { Facts, Panel } from "../../bookings/[id]/panel.tsx";
import { addressLines } from "./address-lines.ts";

type Given = { order: DeskOrder; locale: string };

/** How and where it goes, what was promised, and each parcel. */
export function Delivery({ order, locale }: Given) {
  const t = useTranslations("orders.delivery");
  const { address, shipping, timezone } = order;
  const lines = address && addressLines(address, locale);
  const when = (instant: string | null) => instant && formatShort({ instant, locale, timezone });
  const withdrawal = useWithdrawal(order, locale);
  return (
    <Panel id="delivery" title={t("title")}>
      {!shipping && <p>{t("none")}</p>}
      {lines && (
        <div className="space-y-3">
          <address className="whitespace-pre-line not-italic" data-testid="address">
            {lines.join("\n")}
          </address>
          <CopyButton text={lines.join("\n")} label={t("address")} />
        </div>
      )}
      {shipping?.place && (
        <p>
          <strong className="font-medium">{t("pickup")}</strong>
          <br />
          {shipping.place.name} · {shipping.place.address}
        </p>
      )}
      <Facts
        lines={[
          shipping && { name: t("way"), value: shipping.name },
          shipping?.daysMax != null && { name: t("promise"), value: t("days", { min: shipping.daysMin ?? 0, max: shipping.daysMax }) },
          order.packedAt !== null && { name: t("packedAt"), value: when(order.packedAt) },
          order.sentAt !== null && { name: t("sentAt"), value: when(order.sentAt) },
          order.deliveredAt !== null && { name: t("deliveredAt"), value: when(order.deliveredAt) },
          withdrawal !== null && { name: t("withdrawal"), value: <span data-testid="withdrawal">{withdrawal}</span> },
        ]}
      />
      {order.shipments.length > 0 && <Shipments order={order} locale={locale} />}
    </Panel>
  );
}

/** Until when the law lets the customer change their mind. Null where no law is known. */
function useWithdrawal({ orderStatus, withdrawal: { until, today, beginsLater } }: DeskOrder, locale: string): string | null {
  const t = useTranslations("orders.delivery");
  if (orderStatus === "cancelled") return null;
  if (until === null) return beginsLater ? t("withdrawLater") : null;
  const date = formatDate({ instant: `${until}T12:00:00Z`, locale, timezone: "UTC" });
  return t(until < today ? "withdrawOver" : "withdrawUntil", { date });
}

function Shipments({ order, locale }: Given) {
  const t = useTranslations("orders.delivery");
  const titleOf = (place: number) => order.lines.find((line) => line.place === place)?.title ?? "";
  return (
    <section aria-labelledby="parcels" className="space-y-3">
      <h3 id="parcels" className="font-semibold">
        {t("parcels")}
      </h3>
      <ul className="space-y-3">
        {order.shipments.map(({ id, at, actor, carrier, trackingNumber, trackingUrl, lines }) => (
          <li key={id} className="rounded-xl border border-line p-4 text-sm" data-testid="shipment">
            <p className="font-medium">
              {carrier ?? t("noCarrier")}
              {trackingNumber && (
                <>
                  {" · "}
                  <code className="break-all">{trackingNumber}</code>
                </>
              )}
            </p>
            <p className="text-muted">{lines.map(({ place, quantity }) => `${quantity} × ${titleOf(place)}`).join(", ")}</p>
            <p className="text-muted">
              {formatShort({ instant: at, locale, timezone: order.timezone })} · <bdi>{actor.name ?? "API"}</bdi>
            </p>
            {trackingUrl && (
              <a
                href={trackingUrl}
                target="_blank"
                rel="noreferrer"
                className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
              >
                {t("track")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
