"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Variant } from "#contracts/shop-desk/products.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select, TextArea } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useKeyForBody } from "#ui/dashboard/form/guards.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { Radios } from "../../services/form/section.tsx";

const reasons = {
  came: ["received", "returned", "corrected"],
  went: ["damaged", "given", "corrected"],
  counted: ["counted", "corrected"],
} as const;
type Way = keyof typeof reasons;
type Reason = (typeof reasons)[Way][number];

/** Outside of the product's form: what is sent here counts at once. */
export function StockDialog({ variant, onClose }: { variant: Variant; onClose: () => void }) {
  const t = useTranslations("shopDesk.stock");
  const toast = useToast();
  const saving = useSaving();
  const keyFor = useKeyForBody();
  const isCounted = variant.onHand !== null;
  const [way, setWay] = useState<Way>(isCounted ? "came" : "counted");
  const [reason, setReason] = useState<Reason>(reasons[way][0]);
  const [pieces, setPieces] = useState("");
  const [note, setNote] = useState("");
  const after = afterOf(way, pieces, variant.onHand);
  const wrong = saving.wrong.some((path) => path === "change" || path === "countedTo") || saving.wrong.includes("");

  function choose(next: Way) {
    setWay(next);
    setReason(reasons[next][0]);
    saving.clear();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const why = { reason, note: note.trim() || null };
    const number = /^\s*\d{1,7}\s*$/.test(pieces) ? Number(pieces) : Number.NaN;
    const json =
      way === "counted" ? { countedTo: number, seenOnHand: variant.onHand, ...why } : { change: way === "came" ? number : -number, ...why };
    const header = { "idempotency-key": keyFor(JSON.stringify(json)) };
    void saving.save(
      () => answerOf(api.variants[":id"].stock.$post({ param: { id: variant.id }, json, header })),
      ({ variants }) => {
        const now = variants.find(({ id }) => id === variant.id)?.onHand ?? 0;
        toast(t("changed", { count: now }));
        onClose();
      },
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title={variant.title ? t("titleOf", { variant: variant.title }) : t("title")}>
      {/* The page's own form is around this one in React, but not in the document. */}
      <form
        noValidate
        className="space-y-5"
        onSubmit={(event) => {
          event.stopPropagation();
          submit(event);
        }}
      >
        {isCounted && (
          <Radios
            name="way"
            legend={t("way")}
            chosen={way}
            onChoose={choose}
            choices={(["came", "went", "counted"] as const).map((value) => ({ value, label: t(`ways.${value}`) }))}
          />
        )}
        <Field
          name="pieces"
          inputMode="numeric"
          autoComplete="off"
          label={t(way === "counted" ? "countedTo" : "pieces")}
          value={pieces}
          onChange={(event) => setPieces(event.target.value)}
          problem={wrong ? t("piecesProblem") : undefined}
        />
        <p role="status" className="rounded-xl bg-brand-soft px-4 py-3 tabular-nums" data-testid="stock-after">
          {after === null
            ? t("now", { now: variant.onHand === null ? t("endless") : variant.onHand })
            : after < variant.reserved
              ? t("tooFew", { count: variant.reserved })
              : t("after", { now: variant.onHand ?? t("endless"), after })}
        </p>
        {reasons[way].length > 1 && (
          <Select
            name="reason"
            label={t("reason")}
            value={reason}
            onChange={(event) => setReason(reasons[way].find((each) => each === event.target.value) ?? reasons[way][0])}
          >
            {reasons[way].map((each) => (
              <option key={each} value={each}>
                {t(`reasons.${each}`)}
              </option>
            ))}
          </Select>
        )}
        <TextArea
          name="note"
          rows={2}
          label={t("note")}
          hint={t("noteHint")}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <SaveBar saving={saving} label={t("save")} />
      </form>
    </Dialog>
  );
}

/** Null while no number is typed. */
function afterOf(way: Way, pieces: string, onHand: number | null): number | null {
  if (!/^\s*\d{1,7}\s*$/.test(pieces)) return null;
  const number = Number(pieces);
  return way === "counted" ? number : (onHand ?? 0) + (way === "came" ? number : -number);
}
