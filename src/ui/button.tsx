import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Links that look like buttons use it too. */
export const buttonStyles = cva(
  "inline-flex min-h-12 items-center justify-center gap-2 rounded-xl px-5 py-2.5 text-center font-semibold leading-tight transition-colors disabled:cursor-not-allowed",
  {
    variants: {
      look: {
        primary:
          "bg-brand text-on-brand shadow-sm ring-1 ring-inset ring-black/10 hover:brightness-95 disabled:bg-line disabled:text-muted disabled:shadow-none disabled:ring-0 disabled:hover:brightness-100",
        outline: "border border-edge bg-card text-ink hover:border-ink disabled:border-line disabled:text-muted",
        quiet: "min-h-11 px-3 text-brand-ink underline underline-offset-4 decoration-from-font hover:decoration-2",
      },
      wide: { true: "w-full", false: "" },
    },
    defaultVariants: { look: "primary", wide: false },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyles> & { busyText?: ReactNode };

/** While `busyText` is given, the button shows it and cannot be pressed again. */
export function Button({ look, wide, busyText, className, children, disabled, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled || busyText !== undefined}
      aria-busy={busyText !== undefined}
      className={classNames(buttonStyles({ look, wide }), className)}
      {...rest}
    >
      {busyText === undefined ? (
        children
      ) : (
        <>
          <LoaderCircle aria-hidden className="size-5 motion-safe:animate-spin" />
          {busyText}
        </>
      )}
    </button>
  );
}
