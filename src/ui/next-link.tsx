import Link from "next/link";
import type { ComponentProps } from "react";

/** A soft link, plain without scripts. Not prefetched, because free times change by the second. */
export function NextLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}
