"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CustomersFilters } from "#contracts/customers/customers.ts";
import { customerFilters, customerSearchLengthMax } from "#contracts/customers/limits.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { pressed } from "#ui/pressed.ts";
import { useAddress } from "../bookings/use-address.ts";
import { useSearch } from "../bookings/use-search.ts";

const address = "/dashboard/customers";

/** Each choice is in the address at once. Without scripts the form sends the same address. */
export function Filters({ filters }: { filters: CustomersFilters }) {
  const t = useTranslations("customers");
  const { isPending, change } = useAddress(filters, address);
  const search = useSearch({ filters, change });
  return (
    <form
      action={address}
      aria-label={t("filters.label")}
      data-pending={isPending}
      onSubmit={search.submit}
      className="peer mb-6 grid items-end gap-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-3"
    >
      <div className="sm:col-span-2">
        <Field
          {...search.field}
          type="search"
          name="search"
          label={t("search")}
          placeholder={t("searchPlaceholder")}
          maxLength={customerSearchLengthMax}
          autoComplete="off"
          aria-keyshortcuts="/"
          enterKeyHint="search"
        />
      </div>
      <Select
        key={filters.only}
        name="only"
        label={t("filters.only")}
        defaultValue={filters.only ?? ""}
        onChange={({ currentTarget: { value } }) => change({ only: value })}
      >
        <option value="">{t("filters.all")}</option>
        {customerFilters.map((name) => (
          <option key={name} value={name}>
            {t(`filters.${name}`)}
          </option>
        ))}
      </Select>
      <p role="status" className="sr-only">
        {isPending ? t("loading") : ""}
      </p>
      {Object.keys(filters).length > 0 && (
        <Link
          href={address}
          onClick={(event) => pressed(event, () => change({ search: "", only: "" }))}
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
