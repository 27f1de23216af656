import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Refusal } from "#contracts/problem.ts";
import { loadCustomer } from "#queries/customers/customer-page.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatDate, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { customerAddress, Restrictions } from "../customer-facts.tsx";
import { Bookings } from "./bookings.tsx";
import { Doubles } from "./doubles.tsx";
import { Figures } from "./figures.tsx";
import { Notes } from "./notes.tsx";
import { Orders } from "./orders.tsx";
import { Privacy } from "./privacy.tsx";
import { Profile } from "./profile.tsx";
import { RestrictionsPanel } from "./restrictions.tsx";

type PageProps = { params: Promise<{ id: string }> };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Another merchant's customer is not found. */
const customerOf = cache(async (id: string) => {
  const { member, permissions } = await requireMember("customers.read");
  if (!uuid.test(id)) notFound();
  return loadCustomer({ viewer: { tenantId: member.tenantId, permissions }, customerId: id }).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await customerOf((await params).id)).name };
}

export default async function CustomerPage({ params }: PageProps) {
  const { id } = await params;
  const customer = await customerOf(id);
  // A double leads to the customer that it was merged into.
  if (customer.id !== id.toLowerCase()) redirect(customerAddress(customer));
  const t = await getTranslations("customers");
  const { member, permissions } = await requireMember("customers.read");
  const { tenantId } = member;
  const seesOrders = permissions.includes("orders.read");
  const { since, timezone, blocked, fullPayment } = customer;
  const locale = regionalLocale(await getLocale(), customer.country);
  return (
    <ClientWords namespaces={["customers", "booking", "bookings", "orders", "dashboard", "errors"]}>
      <PageHead
        title={<bdi>{customer.name}</bdi>}
        lead={t("since", { date: formatDate({ instant: since, locale, timezone }) })}
        back={{ href: "/dashboard/customers", label: t("title") }}
        actions={<Restrictions isBlocked={blocked !== null} paysInFull={fullPayment !== null} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <div className="min-w-0 space-y-5">
          <Figures customer={customer} locale={locale} />
          <Bookings customer={customer} locale={locale} />
          {seesOrders && <Orders tenantId={tenantId} customerId={customer.id} timezone={timezone} locale={locale} />}
          <Notes customer={customer} locale={locale} />
        </div>
        <div className="min-w-0 space-y-5">
          <Profile key={customer.version} customer={customer} locale={locale} />
          {customer.mayChange && <RestrictionsPanel customer={customer} locale={locale} />}
          {customer.mayChange && <Doubles customer={customer} locale={locale} />}
          {customer.mayChange && <Privacy customer={customer} />}
        </div>
      </div>
    </ClientWords>
  );
}
