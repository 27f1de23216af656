"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { PiecesField } from "./pieces-field.tsx";

/** Pieces whose money went back, and which arrive later, can be sold again. */
export function StockDialog({ order, onClose }: { order: DeskOrder; onClose: () => void }) {
  const t = useTranslations("orders.stock");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const [pieces, setPieces] = useState<Record<number, number>>({});
  const { id } = order;

  function putBack(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const lines = order.lines.flatMap(({ place }) => (pieces[place] ? [{ place, quantity: pieces[place] }] : []));
    if (lines.length === 0) return;
    const headers = { "idempotency-key": key.current };
    const send = () => answerOf(api.orders[":id"]["stock-back"].$post({ param: { id }, json: { lines } }, { headers }));
    void saving.save(send, () => {
      toast(t("done"));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text")}>
      <form noValidate onSubmit={putBack} className="space-y-4" data-testid="stock-form">
        <ul className="divide-y divide-line">
          {order.lines
            .filter(({ returnable }) => returnable > 0)
            .map((line) => (
              <PiecesField
                key={line.place}
                line={line}
                quantity={pieces[line.place] ?? 0}
                max={line.returnable}
                onChange={(quantity) => setPieces({ ...pieces, [line.place]: quantity })}
              />
            ))}
        </ul>
        <SaveBar saving={saving} label={t("submit")} />
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </form>
    </Dialog>
  );
}
