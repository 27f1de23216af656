import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Facts, Panel } from "./panel.tsx";

const linkLook = "inline-flex min-h-11 items-center break-all text-brand-ink underline underline-offset-4";

export function Customer({ booking: { customer, customerId }, locale }: { booking: DeskBooking; locale: string }) {
  const t = useTranslations("booking.customer");
  const { email, phone } = customer;
  const language = new Intl.DisplayNames(locale, { type: "language" }).of(customer.locale);
  return (
    <Panel id="customer" title={t("title")}>
      <p className="font-medium text-lg">
        <bdi>{customer.name}</bdi>
      </p>
      <Facts
        lines={[
          {
            name: t("email"),
            value: (
              <a href={`mailto:${email}`} className={linkLook}>
                {email}
              </a>
            ),
          },
          {
            name: t("phone"),
            value:
              phone === null ? (
                <span className="text-muted">{t("phoneHidden")}</span>
              ) : (
                <a href={`tel:${phone}`} className={linkLook}>
                  {phone.replace(";ext=", " ext. ")}
                </a>
              ),
          },
          { name: t("language"), value: language },
        ]}
      />
      {customerId && (
        <Link href={`/dashboard/customers/${customerId}`} prefetch={false} className={linkLook} data-testid="to-customer">
          {t("page")}
        </Link>
      )}
    </Panel>
  );
}
