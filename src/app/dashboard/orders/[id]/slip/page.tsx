import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Refusal } from "#contracts/problem.ts";
import { loadDeskOrder } from "#queries/shop-desk/order-page.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatDate, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../../member.ts";
import { addressLines } from "../address-lines.ts";
import { PrintButton } from "./print-button.tsx";

type PageProps = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders.slip"))("title") };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** For whoever packs: what goes in, for whom, and nothing about money. */
export default async function SlipPage({ params }: PageProps) {
  const { id } = await params;
  const { member, permissions } = await requireMember("orders.read");
  if (!uuid.test(id)) notFound();
  const order = await loadDeskOrder({ viewer: { tenantId: member.tenantId, permissions }, orderId: id }).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
  const t = await getTranslations("orders.slip");
  const words = await getTranslations("orders.one");
  const locale = regionalLocale(await getLocale(), order.country);
  const { address, shipping, timezone } = order;
  const whither = address ? addressLines(address, locale) : shipping?.place ? [shipping.place.name, shipping.place.address] : [];
  const lines = order.lines.filter(({ sendable }) => sendable > 0);
  return (
    <ClientWords namespaces={["orders"]}>
      <div className="print:hidden">
        <PageHead title={t("title")} back={{ href: `/dashboard/orders/${id}`, label: t("back") }} actions={<PrintButton />} />
      </div>
      <article className="max-w-3xl space-y-6 rounded-2xl border border-line bg-card p-6 print:border-0 print:p-0" data-testid="slip">
        <header className="flex flex-wrap justify-between gap-4">
          <div>
            <h2 className="font-bold text-2xl">{words("title", { number: order.number })}</h2>
            <p className="text-muted">{formatDate({ instant: order.paidAt, locale, timezone })}</p>
          </div>
          <div>
            <p className="text-muted text-sm">{t("for")}</p>
            {!address && <p className="font-medium">{order.customer.name}</p>}
            <address className="whitespace-pre-line not-italic">{whither.join("\n")}</address>
            {shipping && <p className="text-muted">{shipping.name}</p>}
          </div>
        </header>
        <table className="w-full text-left">
          <thead className="border-line border-b text-muted text-sm">
            <tr>
              <th scope="col" className="w-16 py-2 pr-3 font-medium">
                {t("quantity")}
              </th>
              <th scope="col" className="py-2 pr-3 font-medium">
                {t("item")}
              </th>
              <th scope="col" className="w-14 py-2 text-right font-medium">
                {t("done")}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {(lines.length > 0 ? lines : order.lines).map((line) => (
              <tr key={line.place}>
                <td className="py-3 pr-3 font-semibold text-lg tabular-nums">{line.sendable || line.quantity}</td>
                <td className="py-3 pr-3">
                  {line.title}
                  {line.variantTitle && ` · ${line.variantTitle}`}
                  {line.sku && <code className="block break-all text-muted text-sm">{line.sku}</code>}
                </td>
                <td className="py-3">
                  <span aria-hidden className="ml-auto block size-6 rounded border border-edge" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {order.note && <p className="whitespace-pre-wrap rounded-xl bg-paper p-4">{order.note}</p>}
      </article>
    </ClientWords>
  );
}
