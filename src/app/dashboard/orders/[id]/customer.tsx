import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { Facts, Panel } from "../../bookings/[id]/panel.tsx";

const linkLook = "inline-flex min-h-11 items-center break-all text-brand-ink underline underline-offset-4";

export function Customer({ order: { customer, customerId, userId, campaign }, locale }: { order: DeskOrder; locale: string }) {
  const t = useTranslations("orders.customer");
  const { name, email, phone } = customer;
  const language = new Intl.DisplayNames(locale, { type: "language" }).of(customer.locale);
  return (
    <Panel id="customer" title={t("title")}>
      <p className="font-medium text-lg">
        <bdi>{name}</bdi>
      </p>
      <Facts
        lines={[
          email !== "" && {
            name: t("email"),
            value: (
              <a href={`mailto:${email}`} className={linkLook}>
                {email}
              </a>
            ),
          },
          phone !== "" && {
            name: t("phone"),
            value: (
              <a href={`tel:${phone}`} className={linkLook}>
                {phone.replace(";ext=", " ext. ")}
              </a>
            ),
          },
          { name: t("language"), value: language },
          userId !== null && { name: t("userId"), value: <code className="break-all">{userId}</code> },
          campaign !== null && { name: t("campaign"), value: Object.values(campaign).join(" · ") },
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
