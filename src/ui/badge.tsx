import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

export function Badge({ className, ...rest }: ComponentProps<"span">) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full bg-brand-soft px-2.5 py-1 font-medium text-brand-ink text-sm",
        className,
      )}
      {...rest}
    />
  );
}
