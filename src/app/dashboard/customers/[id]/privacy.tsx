"use client";

import { Download, Eraser, FileText } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Customer } from "#contracts/customers/customers.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { download } from "#ui/dashboard/download.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { Panel } from "../../bookings/[id]/panel.tsx";

/** What a person may ask of the merchant: a copy of their data, and its end. */
export function Privacy({ customer }: { customer: Customer }) {
  const t = useTranslations("customers.privacy");
  const errors = useTranslations("errors");
  const [isOpen, setIsOpen] = useState(false);
  const saving = useSaving();
  const { id, eraseRefusal } = customer;
  const take = () => void saving.save(() => download(`/api/customers/${id}/export`, "customer.json"));
  return (
    <Panel id="privacy" title={t("title")} hint={t("hint")}>
      <div className="flex flex-wrap gap-2">
        <Link href={`/dashboard/customers/${id}/export`} prefetch={false} className={buttonStyles({ look: "outline" })}>
          <FileText aria-hidden className="size-5" />
          {t("read")}
        </Link>
        <Button look="outline" onClick={take} disabled={saving.isSaving} data-testid="export">
          <Download aria-hidden className="size-5" />
          {t("json")}
        </Button>
        <Button look="outline" className="text-bad" disabled={eraseRefusal !== null} onClick={() => setIsOpen(true)} data-testid="erase">
          <Eraser aria-hidden className="size-5" />
          {t("erase")}
        </Button>
      </div>
      <Problem text={saving.problem} />
      {eraseRefusal && <p className="text-muted text-sm">{errors(eraseRefusal)}</p>}
      {isOpen && <EraseDialog customer={customer} onClose={() => setIsOpen(false)} />}
    </Panel>
  );
}

/** Two steps, because nothing brings it back: what goes and what stays, then the name. */
function EraseDialog({ customer: { id, name }, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useTranslations("customers.privacy");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [isSure, setIsSure] = useState(false);

  function erase(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("name") ?? "");
    void saving.save(
      () => answerOf(api.customers[":id"].erase.$post({ param: { id }, json: { name: typed } })),
      () => {
        toast(t("erased"));
        router.push("/dashboard/customers");
      },
    );
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("eraseTitle", { name })}>
      <div className="space-y-4">
        <p>{t("goes")}</p>
        <p>{t("stays")}</p>
        <p>{t("sent")}</p>
        {isSure ? (
          <form noValidate onSubmit={erase} className="space-y-4">
            <Alert tone="bad" title={t("forGood")} />
            <Field
              name="name"
              label={t("typeName", { name })}
              autoComplete="off"
              problem={saving.code === "customer_name_differs" ? (saving.problem ?? undefined) : undefined}
            />
            <SaveBar saving={saving} label={t("eraseNow")} />
          </form>
        ) : (
          <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
            <Button look="outline" onClick={onClose}>
              {t("keep")}
            </Button>
            <Button onClick={() => setIsSure(true)} data-testid="erase-go-on">
              {t("goOn")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
