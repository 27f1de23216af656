import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** A placeholder. The text around it says that something is loading. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return <div aria-hidden className={classNames("motion-safe:animate-pulse rounded-xl bg-line", className)} {...rest} />;
}
