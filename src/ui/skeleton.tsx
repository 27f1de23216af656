import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** The place of something that is on its way; the text around it says so. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return <div aria-hidden className={classNames("motion-safe:animate-pulse rounded-xl bg-line", className)} {...rest} />;
}
