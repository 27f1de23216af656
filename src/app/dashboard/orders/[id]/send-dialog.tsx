"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { carrierLengthMax, trackingLengthMax, trackingUrlLengthMax } from "#contracts/shop-desk/order-limits.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { PiecesField } from "./pieces-field.tsx";

type DialogProps = { order: DeskOrder; isCorrection: boolean; onClose: () => void };

/** A parcel with all that waits unless somebody says what is in it. */
export function SendDialog({ order, isCorrection, onClose }: DialogProps) {
  const t = useTranslations("orders.send");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const waiting = order.lines.filter(({ sendable }) => sendable > 0);
  const [pieces, setPieces] = useState(() => Object.fromEntries(waiting.map(({ place, sendable }) => [place, sendable])));
  const { id, version } = order;
  const isPart = waiting.some(({ place, sendable }) => (pieces[place] ?? 0) < sendable);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const word = (name: string) => String(form.get(name) ?? "").trim() || null;
    const lines = waiting.flatMap(({ place }) => (pieces[place] ? [{ place, quantity: pieces[place] }] : []));
    if (!isCorrection && lines.length === 0) return;
    const tracking = { carrier: word("carrier"), trackingNumber: word("trackingNumber"), trackingUrl: word("trackingUrl") };
    const json = { ...tracking, version, ...(isPart && !isCorrection && { lines }) };
    const headers = { "idempotency-key": key.current };
    void saving.save(
      () => answerOf(api.orders[":id"].send.$post({ param: { id }, json }, { headers })),
      () => {
        toast(t(isCorrection ? "corrected" : "done"));
        onClose();
      },
    );
  }

  const before = (name: "carrier" | "trackingNumber" | "trackingUrl") => (isCorrection ? (order[name] ?? "") : "");
  return (
    <Dialog isOpen onClose={onClose} title={t(isCorrection ? "correctTitle" : "title")} text={t(isCorrection ? "correctText" : "text")}>
      <form noValidate onSubmit={send} className="space-y-4" data-testid="send-form">
        <Field name="carrier" label={t("carrier")} hint={t("optional")} defaultValue={before("carrier")} maxLength={carrierLengthMax} />
        <Field
          name="trackingNumber"
          label={t("trackingNumber")}
          hint={t("optional")}
          defaultValue={before("trackingNumber")}
          maxLength={trackingLengthMax}
          autoComplete="off"
        />
        <Field
          type="url"
          name="trackingUrl"
          label={t("trackingUrl")}
          hint={t("urlHint")}
          defaultValue={before("trackingUrl")}
          maxLength={trackingUrlLengthMax}
          problem={saving.wrong.includes("trackingUrl") ? t("urlWrong") : undefined}
          autoComplete="off"
        />
        {!isCorrection && (
          <fieldset>
            <legend className="font-medium">{t("contents")}</legend>
            <ul className="divide-y divide-line">
              {waiting.map((line) => (
                <PiecesField
                  key={line.place}
                  line={line}
                  quantity={pieces[line.place] ?? 0}
                  max={line.sendable}
                  onChange={(quantity) => setPieces({ ...pieces, [line.place]: quantity })}
                />
              ))}
            </ul>
            {isPart && <p className="text-muted text-sm">{t("part")}</p>}
          </fieldset>
        )}
        <SaveBar saving={saving} label={t(isCorrection ? "correct" : "submit")} />
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </form>
    </Dialog>
  );
}
