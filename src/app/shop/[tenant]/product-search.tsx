import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import { shopAddress } from "#app/shop/address.ts";
import { searchLengthMax } from "#contracts/shop/limits.ts";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { NextLink } from "#ui/next-link.tsx";

type ProductSearchProps = {
  slug: string;
  q: string | undefined;
  category: string | undefined;
  categories: readonly string[];
  merchantLocale: string;
};

/** A plain form and plain links: both work without scripts. */
export function ProductSearch({ slug, q, category, categories, merchantLocale }: ProductSearchProps) {
  const t = useTranslations("shop.search");
  const address = (chosen: string | undefined) => withQuery(shopAddress(slug), { category: chosen, q });
  return (
    <div className="mt-5 space-y-4">
      <search>
        <form action={shopAddress(slug)} className="flex max-w-xl gap-2">
          {category && <input type="hidden" name="category" value={category} />}
          <label htmlFor="q" className="sr-only">
            {t("label")}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={q}
            maxLength={searchLengthMax}
            placeholder={t("placeholder")}
            autoComplete="off"
            enterKeyHint="search"
            className="block min-h-12 w-full min-w-0 rounded-xl border border-edge bg-card px-4 py-2.5 text-base"
          />
          <button type="submit" className={buttonStyles({ look: "outline", className: "shrink-0 px-4" })}>
            <Search aria-hidden className="size-5" />
            <span className="sr-only sm:not-sr-only">{t("button")}</span>
          </button>
        </form>
      </search>
      {categories.length > 1 && (
        <nav aria-label={t("categories")} data-testid="categories" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
          <ul className="flex gap-2 sm:flex-wrap">
            <CategoryLink address={address(undefined)} isChosen={!category}>
              {t("all")}
            </CategoryLink>
            {categories.map((each) => (
              <CategoryLink key={each} address={address(each)} isChosen={each === category} language={merchantLocale}>
                {each}
              </CategoryLink>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

type CategoryLinkProps = { address: string; isChosen: boolean; language?: string; children: string };

function CategoryLink({ address, isChosen, language, children }: CategoryLinkProps) {
  return (
    <li className="shrink-0">
      <NextLink
        href={address}
        scroll={false}
        aria-current={isChosen ? "true" : undefined}
        lang={language}
        className={classNames(
          "choice-card inline-flex min-h-11 items-center rounded-full border-2 px-4 font-medium",
          isChosen ? "border-brand-ink bg-brand-soft text-brand-ink" : "border-line bg-card hover:border-edge",
        )}
      >
        {children}
      </NextLink>
    </li>
  );
}
