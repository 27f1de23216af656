import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Links that look like buttons use it too. */
export const buttonStyles = cva(
  "button-shape inline-flex min-h-12 items-center justify-center gap-2 rounded-xl px-5 py-2.5 text-center font-semibold leading-tight transition-colors aria-disabled:cursor-not-allowed",
  {
    variants: {
      look: {
        primary:
          "button-main bg-brand text-on-brand shadow-sm ring-1 ring-inset ring-black/10 hover:brightness-95 aria-disabled:bg-line aria-disabled:text-muted aria-disabled:shadow-none aria-disabled:ring-0 aria-disabled:hover:brightness-100",
        outline: "border border-edge bg-card text-ink hover:border-ink aria-disabled:border-line aria-disabled:text-muted",
        quiet: "min-h-11 px-3 text-brand-ink underline underline-offset-4 decoration-from-font hover:decoration-2",
      },
      wide: { true: "w-full", false: "" },
    },
    defaultVariants: { look: "primary", wide: false },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyles> & { busyText?: ReactNode };

/**
 * While `busyText` is given, the button shows it and cannot be pressed again. A disabled one
 * keeps the focus: a browser takes it away from a button with `disabled`.
 */
export function Button({ look, wide, busyText, className, children, disabled, onClick, type = "button", ...rest }: ButtonProps) {
  const isDisabled = disabled || busyText !== undefined;
  return (
    <button
      type={type}
      aria-disabled={isDisabled || undefined}
      aria-busy={busyText !== undefined}
      onClick={(event) => (isDisabled ? event.preventDefault() : onClick?.(event))}
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
