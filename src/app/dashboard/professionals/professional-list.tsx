"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Professional } from "#contracts/professionals.ts";
import { Problem } from "#ui/alert.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { ProfessionalRow } from "./professional-row.tsx";

type ListProps = { professionals: readonly Professional[]; mayChange: boolean };

const one = (id: string) => ({ param: { id } });

/** Shows a change at once, and what the server has if it refuses. */
export function ProfessionalList({ professionals, mayChange }: ListProps) {
  const t = useTranslations("professionals.list");
  const toast = useToast();
  const saving = useSaving();
  const [shown, setShown] = useState(professionals);
  const [moved, setMoved] = useState("");
  useEffect(() => setShown(professionals), [professionals]);

  const restore = ({ id }: Professional) => saving.save(() => answerOf(api.professionals[":id"].restore.$post(one(id))));
  const archive = (row: Professional) => {
    setShown(shown.filter(({ id }) => id !== row.id));
    return attempt(
      () => answerOf(api.professionals[":id"].$delete(one(row.id))),
      () => toast(t("archived", { name: row.name }), () => restore(row)),
    );
  };
  const bringBack = (row: Professional) => {
    setShown(shown.filter(({ id }) => id !== row.id));
    return attempt(
      () => answerOf(api.professionals[":id"].restore.$post(one(row.id))),
      () => toast(t("restored", { name: row.name })),
    );
  };
  const move = (index: number, by: -1 | 1) => {
    const next = [...shown];
    const [row] = next.splice(index, 1);
    if (!row) return;
    next.splice(index + by, 0, row);
    setShown(next);
    setMoved(t("moved", { name: row.name, position: index + by + 1, total: next.length }));
    void attempt(() => answerOf(api.professionals.order.$put({ json: { ids: next.map(({ id }) => id) } })));
  };

  async function attempt<T>(work: () => Promise<T>, after?: () => void): Promise<void> {
    let isDone = false;
    await saving.save(work, () => {
      isDone = true;
      after?.();
    });
    if (!isDone) setShown(professionals);
  }

  return (
    <div className="space-y-4">
      <Problem text={saving.problem} />
      <ul aria-label={t("label")} className="divide-y divide-line rounded-2xl border border-line bg-card" data-testid="professionals">
        {shown.map((row, index) => (
          <ProfessionalRow
            key={row.id}
            row={row}
            mayChange={mayChange}
            onMove={mayChange && row.archivedAt === null && shown.length > 1 ? (by) => move(index, by) : null}
            isFirst={index === 0}
            isLast={index === shown.length - 1}
            onArchive={() => void archive(row)}
            onRestore={() => void bringBack(row)}
          />
        ))}
      </ul>
      <p aria-live="polite" className="sr-only">
        {moved}
      </p>
    </div>
  );
}
