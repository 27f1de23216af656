"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ShippingOption } from "#contracts/shop-desk/shipping.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Section } from "../settings/section.tsx";
import { DeliveryDialog } from "./delivery-dialog.tsx";
import type { DeliveriesProps } from "./delivery-draft.ts";
import { DeliveryRow } from "./delivery-row.tsx";

export function Deliveries(props: DeliveriesProps) {
  const { options, mayChange, locale } = props;
  const t = useTranslations("shopDesk.delivery");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [edited, setEdited] = useState<ShippingOption | "new" | null>(null);
  const living = options.filter(({ archivedAt }) => archivedAt === null);
  const archived = options.filter(({ archivedAt }) => archivedAt !== null);
  const restored = ({ id }: ShippingOption) => answerOf(api["shipping-options"][":id"].restore.$post({ param: { id } }));

  const archive = (option: ShippingOption) =>
    saving.save(
      () => answerOf(api["shipping-options"][":id"].$delete({ param: { id: option.id } })),
      () => toast(t("archived", { name: option.name }), () => restored(option).then(() => router.refresh())),
    );
  const restore = (option: ShippingOption) => saving.save(() => restored(option));
  const turn = ({ id, version, isActive }: ShippingOption) =>
    saving.save(() => answerOf(api["shipping-options"][":id"].$patch({ param: { id }, json: { version, isActive: !isActive } })));
  function move(from: number, by: 1 | -1) {
    const ids = living.map(({ id }) => id);
    const [moved = ""] = ids.slice(from);
    const order = ids.toSpliced(from, 1).toSpliced(from + by, 0, moved);
    void saving.save(() => answerOf(api["shipping-options"].order.$put({ json: { ids: order } })));
  }
  const itemsOf = (option: ShippingOption, index: number) => [
    { label: t("edit"), onSelect: () => setEdited(option) },
    { label: t(option.isActive ? "turnOff" : "turnOn"), onSelect: () => void turn(option) },
    ...(index > 0 ? [{ label: t("up"), onSelect: () => move(index, -1) }] : []),
    ...(index < living.length - 1 ? [{ label: t("down"), onSelect: () => move(index, 1) }] : []),
    { label: t("archive"), onSelect: () => void archive(option), isHarsh: true },
  ];
  return (
    <Section title={t("title")}>
      <p className="text-muted">{t("lead")}</p>
      <Problem text={saving.problem} />
      {living.length === 0 && <p className="rounded-xl border border-edge border-dashed p-4 text-muted">{t("empty")}</p>}
      {living.length > 0 && (
        <ul className="divide-y divide-line" data-testid="deliveries">
          {living.map((option, index) => (
            <DeliveryRow key={option.id} option={option} locale={locale} items={mayChange ? itemsOf(option, index) : []} />
          ))}
        </ul>
      )}
      {mayChange && (
        <Button look="outline" onClick={() => setEdited("new")} data-testid="new-delivery">
          <Plus aria-hidden className="size-5" />
          {t("new")}
        </Button>
      )}
      {archived.length > 0 && (
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-muted">
            {t("archivedTitle", { count: archived.length })}
          </summary>
          <ul className="divide-y divide-line">
            {archived.map((option) => (
              <DeliveryRow
                key={option.id}
                option={option}
                locale={locale}
                items={mayChange ? [{ label: t("restore"), onSelect: () => void restore(option) }] : []}
              />
            ))}
          </ul>
        </details>
      )}
      {edited && (
        <DeliveryDialog
          {...props}
          key={edited === "new" ? "new" : edited.id}
          option={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  );
}
