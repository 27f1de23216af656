import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { countOrders } from "#queries/shop-desk/orders-list.ts";
import { Panel, panelLink } from "./panel.tsx";

/** What waits to be packed and sent. A merchant who has sold nothing yet does not see it. */
export async function Orders({ tenantId }: { tenantId: string }) {
  const counts = await countOrders(tenantId);
  if (Object.values(counts).every((count) => count === 0)) return null;
  const t = await getTranslations("orders.today");
  const lines = (["paid", "packed"] as const).filter((status) => counts[status] > 0);
  return (
    <Panel id="orders" title={t("title")}>
      {lines.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul>
        {lines.map((status) => (
          <li key={status}>
            <Link href={`/dashboard/orders?status=${status}`} prefetch={false} className={panelLink}>
              {t(status, { count: counts[status] })}
            </Link>
          </li>
        ))}
      </ul>
      <Link href="/dashboard/orders" prefetch={false} className={panelLink}>
        {t("all")}
      </Link>
    </Panel>
  );
}
