import { Ban, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ListedCustomer } from "#contracts/customers/customers.ts";
import { Badge } from "#ui/badge.tsx";
import { formatDate } from "#ui/format.ts";

export type CustomersProps = { customers: ListedCustomer[]; timezone: string; locale: string };
type Fact = { customer: ListedCustomer; timezone: string; locale: string };

export const customerAddress = ({ id }: { id: string }): string => `/dashboard/customers/${id}`;

/** A sign and a word beside the colour, for whoever does not see colours. */
export function Restrictions({ isBlocked, paysInFull }: { isBlocked: boolean; paysInFull: boolean }) {
  const t = useTranslations("customers.restrictions");
  if (!isBlocked && !paysInFull) return null;
  return (
    <span className="flex flex-wrap gap-1.5">
      {isBlocked && (
        <Badge className="bg-bad-soft text-bad" data-testid="blocked">
          <Ban aria-hidden className="size-4 shrink-0" />
          {t("blocked.badge")}
        </Badge>
      )}
      {paysInFull && (
        <Badge className="bg-warn-soft text-warn" data-testid="full-payment">
          <Wallet aria-hidden className="size-4 shrink-0" />
          {t("fullPayment.badge")}
        </Badge>
      )}
    </span>
  );
}

/** The next appointment, else the last one. */
export function Visit({ customer: { lastAt, nextAt }, timezone, locale }: Fact) {
  const t = useTranslations("customers");
  const instant = nextAt ?? lastAt;
  if (!instant) return <span className="text-muted">{t("noVisit")}</span>;
  return <>{t(nextAt ? "nextVisit" : "lastVisit", { date: formatDate({ instant, locale, timezone }) })}</>;
}

export function Counts({ customer: { bookings, noShows } }: Pick<Fact, "customer">) {
  const t = useTranslations("customers");
  return (
    <>
      {t("bookingsCount", { count: bookings })}
      {noShows > 0 && <span className="text-bad"> · {t("noShowsCount", { count: noShows })}</span>}
    </>
  );
}
