"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "../button.tsx";
import { classNames } from "../class-names.ts";
import "./style-nonce.ts";

type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  /** `side` slides in from the left, for menus on phones. */
  place?: "middle" | "side";
  children: ReactNode;
};

const overlay = "fixed inset-0 z-40 bg-black/50";
const places = {
  middle: "inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-lg overflow-y-auto rounded-2xl p-5 sm:p-7",
  side: "inset-y-0 left-0 w-[min(20rem,86vw)] overflow-y-auto p-4",
};

/** Keeps the focus inside and gives it back; Escape closes. */
export function Dialog({ isOpen, onClose, title, text, place = "middle", children }: DialogProps) {
  const t = useTranslations("dashboard");
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={overlay} />
        <Radix.Content
          {...(text ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={focusField}
          className={classNames("fixed z-50 border border-line bg-card text-ink shadow-xl", places[place])}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <Radix.Title className="font-semibold text-xl">{title}</Radix.Title>
            <Radix.Close className="-mt-1.5 -mr-2 inline-flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-paper">
              <X aria-hidden className="size-5" />
              <span className="sr-only">{t("close")}</span>
            </Radix.Close>
          </div>
          {text && <Radix.Description className="mb-5 text-muted">{text}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A form is typed into at once. Without one, what closes the dialog is first. */
function focusField(event: Event): void {
  const content = event.currentTarget;
  const field = content instanceof HTMLElement && content.querySelector<HTMLElement>("input:not([type=file]), select, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus();
}

type ConfirmProps = Omit<DialogProps, "children" | "place"> & {
  action: string;
  isBusy: boolean;
  onConfirm: () => void;
  problem?: ReactNode;
};

/** For what cannot be undone. What can be undone is done at once, with a toast. */
export function ConfirmDialog({ action, isBusy, onConfirm, problem, ...rest }: ConfirmProps) {
  const t = useTranslations("dashboard");
  return (
    <Dialog {...rest}>
      {problem}
      <div className="mt-2 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        <Button look="outline" onClick={rest.onClose}>
          {t("cancel")}
        </Button>
        <Button onClick={onConfirm} busyText={isBusy ? action : undefined}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
