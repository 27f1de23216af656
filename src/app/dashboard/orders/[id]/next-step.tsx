"use client";

import { Ban, CircleCheck, Package, PackagePlus, PencilLine, RotateCcw, Truck, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

const SendDialog = dynamic(() => import("./send-dialog.tsx").then(({ SendDialog: found }) => found), { ssr: false });
const RefundDialog = dynamic(() => import("./refund-dialog.tsx").then(({ RefundDialog: found }) => found), { ssr: false });
const CancelDialog = dynamic(() => import("./cancel-dialog.tsx").then(({ CancelDialog: found }) => found), { ssr: false });
const StockDialog = dynamic(() => import("./stock-dialog.tsx").then(({ StockDialog: found }) => found), { ssr: false });

type Given = { order: DeskOrder; locale: string };
type Open = "send" | "tracking" | "refund" | "cancel" | "stock";
const one = api.orders[":id"];

/** What waits for the merchant is the one big button. The rest stands beside it. */
export function NextStep({ order, locale }: Given) {
  const t = useTranslations("orders.next");
  const [open, setOpen] = useState<Open | null>(null);
  const { may, next, orderStatus } = order;
  const close = () => setOpen(null);
  const mayTrack = may.note && (orderStatus === "sent" || orderStatus === "delivered") && order.shipments.length > 0;
  return (
    <section aria-label={t("label")} data-testid="actions" className="mb-6 rounded-2xl border border-line bg-card p-4 sm:p-5">
      <p className="mb-3 font-medium" data-testid="next">
        {t(next ? `waits.${next}` : orderStatus === "cancelled" ? "waits.cancelled" : "waits.nothing")}
      </p>
      <div className="flex flex-wrap items-start gap-2">
        {may.pack && <Step order={order} verb="pack" look={next === "pack" ? "primary" : "outline"} />}
        {may.send && (
          <Button look={next === "send" ? "primary" : "outline"} onClick={() => setOpen("send")} data-testid="send">
            <Truck aria-hidden className="size-5" />
            {t("send")}
          </Button>
        )}
        {may.deliver && <Step order={order} verb="deliver" look={next === "deliver" ? "primary" : "outline"} />}
        {mayTrack && (
          <Button look="outline" onClick={() => setOpen("tracking")} data-testid="tracking">
            <PencilLine aria-hidden className="size-5" />
            {t("tracking")}
          </Button>
        )}
        {may.undo && order.undoes && <Undo order={order} step={order.undoes} />}
        {may.refund && (
          <Button look="outline" onClick={() => setOpen("refund")} data-testid="refund">
            <Undo2 aria-hidden className="size-5" />
            {t("refund")}
          </Button>
        )}
        {may.stockBack && (
          <Button look="outline" onClick={() => setOpen("stock")} data-testid="stock-back">
            <PackagePlus aria-hidden className="size-5" />
            {t("stockBack")}
          </Button>
        )}
        {may.cancel && (
          <Button look="outline" onClick={() => setOpen("cancel")} data-testid="cancel" className="text-bad">
            <Ban aria-hidden className="size-5" />
            {t("cancel")}
          </Button>
        )}
      </div>
      {order.isBlockedByDispute && (
        <p className="mt-3 rounded-xl bg-warn-soft px-4 py-3 text-sm text-warn" data-testid="refund-blocked">
          {t("blocked")}
        </p>
      )}
      {(open === "send" || open === "tracking") && <SendDialog order={order} isCorrection={open === "tracking"} onClose={close} />}
      {open === "refund" && <RefundDialog order={order} locale={locale} onClose={close} />}
      {open === "cancel" && <CancelDialog order={order} locale={locale} onClose={close} />}
      {open === "stock" && <StockDialog order={order} onClose={close} />}
    </section>
  );
}

/** Done at once: it can be taken back. */
function Step({ order: { id, version }, verb, look }: { order: DeskOrder; verb: "pack" | "deliver"; look: "primary" | "outline" }) {
  const t = useTranslations("orders.next");
  const toast = useToast();
  const saving = useSaving();
  const Icon = verb === "pack" ? Package : CircleCheck;
  const press = () =>
    void saving.save(
      () => answerOf(one[verb].$post({ param: { id }, json: { version } })),
      () => toast(t(`done.${verb}`)),
    );
  return (
    <div className="max-w-full">
      <Button look={look} disabled={saving.isSaving} onClick={press} data-testid={verb}>
        <Icon aria-hidden className="size-5" />
        {t(verb)}
      </Button>
      <Problem text={saving.problem} />
    </div>
  );
}

function Undo({ order: { id, version }, step }: { order: DeskOrder; step: NonNullable<DeskOrder["undoes"]> }) {
  const t = useTranslations("orders.next");
  const toast = useToast();
  const saving = useSaving();
  const press = () =>
    void saving.save(
      () => answerOf(one.undo.$post({ param: { id }, json: { version } })),
      () => toast(t("done.undo")),
    );
  return (
    <div className="max-w-full">
      <Button look="outline" disabled={saving.isSaving} onClick={press} data-testid="undo">
        <RotateCcw aria-hidden className="size-5" />
        {t(`undo.${step}`)}
      </Button>
      <Problem text={saving.problem} />
    </div>
  );
}
