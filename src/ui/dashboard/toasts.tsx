"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Toaster, toast } from "sonner";

const undoMs = 10_000;

export function Toasts() {
  return (
    <Toaster position="bottom-center" visibleToasts={3} toastOptions={{ className: "!bg-card !text-ink !border-edge", duration: 5000 }} />
  );
}

/** Tells what was done. With `undo`, for ten seconds a button takes it back. */
export function useToast(): (text: string, undo?: () => Promise<unknown>) => void {
  const t = useTranslations("dashboard");
  return useCallback(
    (text, undo) => {
      const tell = (undoing: Promise<unknown>) =>
        undoing.then(
          () => toast(t("undone")),
          () => toast(t("notUndone")),
        );
      if (!undo) toast(text);
      else toast(text, { duration: undoMs, action: { label: t("undo"), onClick: () => void tell(undo()) } });
    },
    [t],
  );
}
