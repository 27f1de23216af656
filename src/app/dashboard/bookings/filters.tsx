"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import { bookingOrders, bookingSearchLengthMax, bookingStatuses } from "#contracts/desk/booking-limits.ts";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { pressed } from "#ui/pressed.ts";
import { Folded } from "../folded.tsx";
import { type ChangeAddress, useAddress } from "./use-address.ts";
import { useSearch } from "./use-search.ts";

type Choice = { id: string; name: string };
type FiltersProps = { filters: BookingFilters; services: readonly Choice[]; professionals: readonly Choice[] };

/** Each choice is in the address at once. Without scripts the form sends the same address. */
export function Filters({ filters, services, professionals }: FiltersProps) {
  const t = useTranslations("bookings");
  const words = useTranslations("booking");
  const { isPending, change } = useAddress(filters);
  const search = useSearch({ filters, change });
  const { search: _, order: __, ...chosen } = filters;
  // On phones: most people only search.
  const choose = (event: { currentTarget: { name: string; value: string } }) =>
    change({ [event.currentTarget.name]: event.currentTarget.value });
  return (
    <form
      action="/dashboard/bookings"
      aria-label={t("filters.label")}
      data-pending={isPending}
      onSubmit={search.submit}
      className="peer mb-6 grid items-end gap-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-2 lg:grid-cols-6"
    >
      <div className="sm:col-span-2 lg:col-span-4">
        <Field
          {...search.field}
          type="search"
          name="search"
          label={t("search")}
          placeholder={t("searchPlaceholder")}
          maxLength={bookingSearchLengthMax}
          autoComplete="off"
          aria-keyshortcuts="/"
          enterKeyHint="search"
        />
      </div>
      <OrderChoice filters={filters} change={change} />
      <Folded label={t("filters.show")} isOpenAtFirst={Object.keys(chosen).length > 0}>
        <div className="lg:col-span-2">
          <Select
            key={`status-${filters.status}`}
            name="status"
            label={t("columns.status")}
            defaultValue={filters.status ?? ""}
            onChange={choose}
          >
            <option value="">{t("filters.all")}</option>
            {bookingStatuses.map((status) => (
              <option key={status} value={status}>
                {words(`status.${status}`)}
              </option>
            ))}
          </Select>
        </div>
        <Choices name="service" choices={services} {...{ filters, choose }} />
        {professionals.length > 0 && <Choices name="professional" choices={professionals} {...{ filters, choose }} />}
        <Field
          key={`from-${filters.from}`}
          type="date"
          name="from"
          label={t("filters.from")}
          defaultValue={filters.from}
          onChange={choose}
        />
        <Field key={`to-${filters.to}`} type="date" name="to" label={t("filters.to")} defaultValue={filters.to} onChange={choose} />
      </Folded>
      {filters.order && <input type="hidden" name="order" value={filters.order} />}
      <p role="status" className="sr-only">
        {isPending ? t("loading") : ""}
      </p>
      {Object.keys(filters).length > 0 && (
        <Link
          href="/dashboard/bookings"
          onClick={(event) => pressed(event, () => change(noFilters))}
          className={buttonStyles({ look: "quiet", className: "justify-self-start" })}
          data-testid="clear"
        >
          {t("filters.clear")}
        </Link>
      )}
      <button type="submit" className="sr-only">
        {t("filters.apply")}
      </button>
    </form>
  );
}

type ChoicesProps = {
  name: "service" | "professional";
  choices: readonly Choice[];
  filters: BookingFilters;
  choose: (event: { currentTarget: { name: string; value: string } }) => void;
};

function Choices({ name, choices, filters, choose }: ChoicesProps) {
  const t = useTranslations("bookings");
  return (
    <div className="lg:col-span-2">
      <Select key={filters[name]} name={name} label={t(`columns.${name}`)} defaultValue={filters[name] ?? ""} onChange={choose}>
        <option value="">{t("filters.all")}</option>
        {choices.map(({ id, name: called }) => (
          <option key={id} value={id}>
            {called}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** Nothing chosen, whatever the next page will show. */
const noFilters = { status: "", service: "", professional: "", from: "", to: "", search: "", order: "" };

function OrderChoice({ filters, change }: Pick<FiltersProps, "filters"> & { change: ChangeAddress }) {
  const t = useTranslations("bookings.order");
  const { order = "newest" } = filters;
  return (
    <nav aria-label={t("label")} className="flex rounded-xl border border-edge p-0.5 lg:col-span-2">
      {bookingOrders.map((name) => (
        <Link
          key={name}
          href={withQuery("/dashboard/bookings", { ...filters, order: name === "newest" ? null : name })}
          onClick={(event) => pressed(event, () => change({ order: name === "newest" ? "" : name }))}
          aria-current={order === name ? "true" : undefined}
          className={classNames(
            "flex min-h-11 flex-1 items-center justify-center rounded-lg px-3 text-center",
            order === name && "bg-brand-soft font-semibold text-brand-ink",
          )}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
