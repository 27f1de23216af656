"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { productSearchLengthMax, stockFilters } from "#contracts/shop-desk/limits.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { pressed } from "#ui/pressed.ts";
import { useAddress } from "../bookings/use-address.ts";
import { useSearch } from "../bookings/use-search.ts";
import { Folded } from "../folded.tsx";

const address = "/dashboard/products";
type Shown = { search?: string; category?: string; stock?: "low" | "out"; state?: "archived" };
type FiltersProps = { filters: Shown; categories: readonly string[]; counts: { low: number; archived: number } };

/** Each choice is in the address at once. Without scripts the form sends the same address. */
export function Filters({ filters, categories, counts }: FiltersProps) {
  const t = useTranslations("shopDesk.products");
  const given: Record<string, string | undefined> = filters;
  const { isPending, change } = useAddress(given, address);
  const search = useSearch({ filters, change });
  const { search: _, ...chosen } = filters;
  return (
    <form
      action={address}
      aria-label={t("filters.label")}
      data-pending={isPending}
      onSubmit={search.submit}
      className="mb-6 grid items-end gap-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-2 xl:grid-cols-4"
    >
      <Field
        {...search.field}
        type="search"
        name="search"
        label={t("filters.search")}
        placeholder={t("filters.searchHint")}
        maxLength={productSearchLengthMax}
        autoComplete="off"
        aria-keyshortcuts="/"
        enterKeyHint="search"
      />
      <Folded label={t("filters.show")} isOpenAtFirst={Object.keys(chosen).length > 0}>
        <Select
          key={`category ${filters.category}`}
          name="category"
          label={t("filters.category")}
          defaultValue={filters.category ?? ""}
          onChange={({ currentTarget: { value } }) => change({ category: value })}
        >
          <option value="">{t("filters.all")}</option>
          {categories.map((category) => (
            <option key={category} value={category}>
              {category}
            </option>
          ))}
        </Select>
        <Select
          key={`stock ${filters.stock}`}
          name="stock"
          label={t("filters.stock")}
          defaultValue={filters.stock ?? ""}
          onChange={({ currentTarget: { value } }) => change({ stock: value })}
        >
          <option value="">{t("filters.any")}</option>
          {stockFilters.map((stock) => (
            <option key={stock} value={stock}>
              {stock === "low" ? t("filters.low", { count: counts.low }) : t("filters.out")}
            </option>
          ))}
        </Select>
        <Select
          key={`state ${filters.state}`}
          name="state"
          label={t("filters.state")}
          defaultValue={filters.state ?? ""}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
        >
          <option value="">{t("filters.current")}</option>
          <option value="archived">{t("filters.archived", { count: counts.archived })}</option>
        </Select>
      </Folded>
      <p role="status" className="sr-only">
        {isPending ? t("filters.loading") : ""}
      </p>
      {Object.keys(filters).length > 0 && (
        <Link
          href={address}
          onClick={(event) => pressed(event, () => change({ search: "", category: "", stock: "", state: "" }))}
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
