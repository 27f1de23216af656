"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Product } from "#contracts/shop-desk/products.ts";
import { Problem } from "#ui/alert.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import type { MenuItem } from "#ui/dashboard/menu.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { ProductRow } from "./product-row.tsx";

type ListProps = { products: readonly Product[]; mayChange: boolean; mayOrder: boolean; locale: string; merchantLocale: string };

export function ProductList({ products, mayChange, mayOrder, locale, merchantLocale }: ListProps) {
  const t = useTranslations("shopDesk.products");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [announced, setAnnounced] = useState("");
  const restored = (id: string) => answerOf(api.products[":id"].restore.$post({ param: { id } }));

  const archive = ({ id, title }: Product) =>
    saving.save(
      () => answerOf(api.products[":id"].$delete({ param: { id } })),
      () => toast(t("archived", { title }), () => restored(id).then(() => router.refresh())),
    );
  const restore = ({ id, title }: Product) =>
    saving.save(
      () => restored(id),
      () => toast(t("restored", { title })),
    );
  const show = ({ id, version, isActive }: Product) =>
    saving.save(() => answerOf(api.products[":id"].$patch({ param: { id }, json: { version, isActive: !isActive } })));
  function move(from: number, by: 1 | -1) {
    const ids = products.map(({ id }) => id);
    const moved = products[from];
    if (!moved) return;
    const order = ids.toSpliced(from, 1).toSpliced(from + by, 0, moved.id);
    void saving.save(
      () => answerOf(api.products.order.$put({ json: { ids: order } })),
      () => setAnnounced(t("moved", { title: moved.title, place: from + by + 1 })),
    );
  }
  function itemsOf(product: Product, index: number): MenuItem[] {
    if (!mayChange) return [];
    if (product.archivedAt !== null) return [{ label: t("restore"), onSelect: () => void restore(product) }];
    return [
      { label: t(product.isActive ? "hide" : "show"), onSelect: () => void show(product) },
      ...(mayOrder && index > 0 ? [{ label: t("up"), onSelect: () => move(index, -1) }] : []),
      ...(mayOrder && index < products.length - 1 ? [{ label: t("down"), onSelect: () => move(index, 1) }] : []),
      { label: t("archive"), onSelect: () => void archive(product), isHarsh: true },
    ];
  }
  return (
    <>
      <p role="status" className="sr-only">
        {announced}
      </p>
      <Problem text={saving.problem} />
      <ul className="space-y-3" data-testid="products">
        {products.map((product, index) => (
          <ProductRow key={product.id} product={product} items={itemsOf(product, index)} locale={locale} merchantLocale={merchantLocale} />
        ))}
      </ul>
    </>
  );
}
