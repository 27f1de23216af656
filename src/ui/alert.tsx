import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

const alertStyles = cva("flex gap-3 rounded-xl border p-4 text-[0.9375rem]", {
  variants: {
    tone: {
      note: "border-line bg-card text-ink",
      good: "border-good/25 bg-good-soft text-good",
      warn: "border-warn/25 bg-warn-soft text-warn",
      bad: "border-bad/25 bg-bad-soft text-bad",
    },
  },
  defaultVariants: { tone: "note" },
});

const icons = { note: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

type AlertProps = ComponentProps<"div"> & VariantProps<typeof alertStyles> & { title?: ReactNode };

/** Give `role="alert"` only to what appears after an action. */
export function Alert({ tone, title, className, children, ...rest }: AlertProps) {
  const Icon = icons[tone ?? "note"];
  return (
    <div className={classNames(alertStyles({ tone }), className)} {...rest}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 space-y-2">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** Appears after a failed action, and is read aloud. */
export function Problem({ text }: { text: string | null }) {
  return (
    text && (
      <Alert tone="bad" role="alert">
        <p>{text}</p>
      </Alert>
    )
  );
}
