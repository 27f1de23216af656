import Link from "next/link";
import { useTranslations } from "next-intl";
import type { PaymentRow } from "#contracts/ledger/payments-list.ts";
import { classNames } from "#ui/class-names.ts";

type NameProps = { purchase: NonNullable<PaymentRow["checkout"]>; className?: string };

const link = "inline-flex min-h-11 items-center underline-offset-4 hover:underline";

/** Who bought, which leads to the booking or the order. What never became one leads nowhere. */
export function PurchaseName({ purchase: { id, kind, customerName, orderNumber }, className }: NameProps) {
  const t = useTranslations("ledger.payments");
  const name = <bdi>{customerName || t("noName")}</bdi>;
  const page = orderNumber !== null ? `/dashboard/orders/${id}` : kind === "booking" ? `/dashboard/bookings/${id}` : null;
  if (page === null) return <span className={className}>{name}</span>;
  return (
    <Link href={page} prefetch={false} className={classNames(link, className)}>
      {name}
    </Link>
  );
}

/** "Order #12", or the service of a booking. */
export function usePurchaseWords(): (purchase: NameProps["purchase"]) => string | null {
  const t = useTranslations("orders.one");
  return ({ service, orderNumber }) => (orderNumber === null ? service : t("title", { number: orderNumber }));
}
