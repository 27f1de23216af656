"use client";

import { Plus, TicketPercent } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Discount } from "#contracts/shop-desk/discounts.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { DiscountDialog } from "./discount-dialog.tsx";
import { DiscountRow } from "./discount-row.tsx";
import type { DiscountsProps } from "./draft.ts";

export function Discounts(props: DiscountsProps) {
  const { discounts, mayChange, timezone, locale } = props;
  const t = useTranslations("shopDesk.discounts");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [edited, setEdited] = useState<Discount | "new" | null>(null);
  const living = discounts.filter(({ archivedAt }) => archivedAt === null);
  const archived = discounts.filter(({ archivedAt }) => archivedAt !== null);
  const restored = ({ id }: Discount) => answerOf(api.discounts[":id"].restore.$post({ param: { id } }));

  const archive = (discount: Discount) =>
    saving.save(
      () => answerOf(api.discounts[":id"].$delete({ param: { id: discount.id } })),
      () => toast(t("archived", { code: discount.code }), () => restored(discount).then(() => router.refresh())),
    );
  const restore = (discount: Discount) =>
    saving.save(
      () => restored(discount),
      () => toast(t("restored", { code: discount.code })),
    );
  const turn = ({ id, version, isActive }: Discount) =>
    saving.save(() => answerOf(api.discounts[":id"].$patch({ param: { id }, json: { version, isActive: !isActive } })));
  const itemsOf = (discount: Discount) => [
    { label: t("edit"), onSelect: () => setEdited(discount) },
    { label: t(discount.isActive ? "turnOff" : "turnOn"), onSelect: () => void turn(discount) },
    { label: t("archive"), onSelect: () => void archive(discount), isHarsh: true },
  ];
  const add = mayChange && (
    <Button onClick={() => setEdited("new")} data-testid="new-discount">
      <Plus aria-hidden className="size-5" />
      {t("new")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} actions={living.length > 0 && add} />
      <Problem text={saving.problem} />
      {living.length === 0 ? (
        <Empty icon={TicketPercent} title={t("empty.title")} text={t("empty.text")}>
          {add}
        </Empty>
      ) : (
        <ul className="space-y-3" data-testid="discounts">
          {living.map((discount) => (
            <DiscountRow
              key={discount.id}
              {...{ discount, timezone, locale }}
              items={mayChange ? itemsOf(discount) : []}
              {...(mayChange && { onOpen: () => setEdited(discount) })}
            />
          ))}
        </ul>
      )}
      {archived.length > 0 && (
        <details className="mt-8" data-testid="archive">
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-muted">
            {t("archivedTitle", { count: archived.length })}
          </summary>
          <ul className="mt-2 space-y-2">
            {archived.map((discount) => (
              <DiscountRow
                key={discount.id}
                {...{ discount, timezone, locale }}
                items={mayChange ? [{ label: t("restore"), onSelect: () => void restore(discount) }] : []}
              />
            ))}
          </ul>
        </details>
      )}
      {edited && (
        <DiscountDialog
          {...props}
          key={edited === "new" ? "new" : edited.id}
          discount={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
