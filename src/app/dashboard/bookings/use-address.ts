"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { withQuery } from "#app/book/address.ts";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";

type Changes<Filters> = Partial<Record<keyof Filters & string, string>>;
export type ChangeAddress<Filters = BookingFilters> = (changes: Changes<Filters>, options?: { isSameStep: boolean }) => void;

/**
 * Puts a filter into the address. Each is a step of Back, unless it continues the one before. One
 * that is chosen while the page of another still loads keeps that one, too.
 */
export function useAddress<Filters extends Record<string, string | undefined> = BookingFilters>(
  filters: Filters,
  path = "/dashboard/bookings",
): { isPending: boolean; change: ChangeAddress<Filters> } {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const wanted = useRef<Record<string, string | undefined>>(filters);
  useEffect(() => {
    wanted.current = filters;
  }, [filters]);
  const change: ChangeAddress<Filters> = (changes, { isSameStep } = { isSameStep: false }) => {
    wanted.current = { ...wanted.current, ...changes };
    const address = withQuery(path, wanted.current);
    start(() => (isSameStep ? router.replace(address, { scroll: false }) : router.push(address, { scroll: false })));
  };
  return { isPending, change };
}
