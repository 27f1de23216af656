"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { withQuery } from "#app/book/address.ts";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";

type Changes = Partial<Record<keyof BookingFilters, string>>;
export type ChangeAddress = (changes: Changes, options?: { isSameStep: boolean }) => void;

/**
 * Puts a filter into the address. Each is a step of Back, unless it continues the one before. One
 * that is chosen while the page of another still loads keeps that one, too.
 */
export function useAddress(filters: BookingFilters): { isPending: boolean; change: ChangeAddress } {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const wanted = useRef<Changes>(filters);
  useEffect(() => {
    wanted.current = filters;
  }, [filters]);
  const change: ChangeAddress = (changes, { isSameStep } = { isSameStep: false }) => {
    wanted.current = { ...wanted.current, ...changes };
    const address = withQuery("/dashboard/bookings", wanted.current);
    start(() => (isSameStep ? router.replace(address, { scroll: false }) : router.push(address, { scroll: false })));
  };
  return { isPending, change };
}
