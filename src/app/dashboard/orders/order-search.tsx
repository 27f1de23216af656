"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import { orderSearchLengthMax } from "#contracts/shop-desk/order-limits.ts";
import type { OrderFilters } from "#contracts/shop-desk/orders-list.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { useAddress } from "../bookings/use-address.ts";
import { useSearch } from "../bookings/use-search.ts";
import { Folded } from "../folded.tsx";

/** Each choice is in the address at once. Without scripts the form sends the same address. */
export function OrderSearch({ filters }: { filters: OrderFilters }) {
  const t = useTranslations("orders.search");
  const { isPending, change } = useAddress<OrderFilters>(filters, "/dashboard/orders");
  const search = useSearch({ filters, change });
  const choose = (event: { currentTarget: { name: string; value: string } }) =>
    change({ [event.currentTarget.name]: event.currentTarget.value });
  const isFiltered = Boolean(filters.search ?? filters.from ?? filters.to);
  return (
    <form
      action="/dashboard/orders"
      aria-label={t("label")}
      onSubmit={search.submit}
      className="mb-5 grid items-end gap-4 rounded-2xl border border-line bg-card p-4 lg:grid-cols-[2fr_1fr_1fr_auto]"
    >
      {filters.status && <input type="hidden" name="status" value={filters.status} />}
      <Field
        {...search.field}
        type="search"
        name="search"
        label={t("field")}
        placeholder={t("placeholder")}
        maxLength={orderSearchLengthMax}
        autoComplete="off"
        aria-keyshortcuts="/"
        enterKeyHint="search"
      />
      <Folded label={t("more")} isOpenAtFirst={Boolean(filters.from ?? filters.to)}>
        <Field key={`from-${filters.from}`} type="date" name="from" label={t("from")} defaultValue={filters.from} onChange={choose} />
        <Field key={`to-${filters.to}`} type="date" name="to" label={t("to")} defaultValue={filters.to} onChange={choose} />
      </Folded>
      <p role="status" className="sr-only">
        {isPending ? t("loading") : ""}
      </p>
      {isFiltered && (
        <Link href={withQuery("/dashboard/orders", { status: filters.status })} className={buttonStyles({ look: "quiet" })}>
          {t("clear")}
        </Link>
      )}
      <button type="submit" className="sr-only">
        {t("apply")}
      </button>
    </form>
  );
}
