import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { devices, metricsDaysDefault } from "#contracts/metrics/steps.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { addDays } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { filtersOf, metricsAddress, type PageQuery } from "./read-query.ts";

type Choice = { id: string; name: string };
type FiltersProps = {
  query: PageQuery;
  /** In the merchant's zone. */
  today: string;
  links: readonly Choice[];
  services: readonly Choice[];
  professionals: readonly Choice[];
  providers: readonly string[];
};

/** A plain form: the filters stand in the address, which can be kept and passed on. */
export function Filters({ query, today, links, services, professionals, providers }: FiltersProps) {
  const t = useTranslations("metrics");
  const providerName = useProviderName();
  const { from, to, by, source, campaign, device, provider } = query;
  const hasFilters = Object.keys(filtersOf(query)).length > 0 || to !== undefined;
  return (
    <div className="mb-6 space-y-3 print:hidden">
      <Ranges query={query} today={today} />
      <details open={hasFilters} className="rounded-2xl border border-line bg-card p-4" data-testid="filters">
        <summary className="flex min-h-11 cursor-pointer items-center gap-2 font-medium">
          <SlidersHorizontal aria-hidden className="size-5" />
          {t("filters.label")}
        </summary>
        <form
          action="/dashboard/metrics"
          aria-label={t("filters.label")}
          className="mt-3 grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-4"
        >
          <Field type="date" name="from" label={t("filters.from")} defaultValue={from} />
          <Field type="date" name="to" label={t("filters.to")} defaultValue={to} />
          <Choices name="link" choices={links} chosen={query.link} />
          <Choices name="service" choices={services} chosen={query.service} />
          <Choices name="professional" choices={professionals} chosen={query.professional} />
          <Choices name="provider" choices={providers.map((id) => ({ id, name: providerName(id) }))} chosen={provider} />
          <Choices name="device" choices={devices.map((id) => ({ id, name: t(`device.${id}`) }))} chosen={device} />
          <input type="hidden" name="by" value={by} />
          {source && <input type="hidden" name="source" value={source} />}
          {campaign && <input type="hidden" name="campaign" value={campaign} />}
          <div className="flex flex-wrap items-center gap-3">
            <button type="submit" className={buttonStyles()}>
              {t("filters.apply")}
            </button>
            {hasFilters && (
              <Link href={metricsAddress({ by })} className={buttonStyles({ look: "quiet" })} data-testid="clear">
                {t("filters.clear")}
              </Link>
            )}
          </div>
          {(source || campaign) && (
            <p className="text-muted sm:col-span-2 lg:col-span-4">
              {source && t("filters.source", { word: source })} {campaign && t("filters.campaign", { word: campaign })}
            </p>
          )}
        </form>
      </details>
    </div>
  );
}

const ranges = [7, metricsDaysDefault, 90, 365];

/** The days that most people look at, in one press. */
function Ranges({ query, today }: Pick<FiltersProps, "query" | "today">) {
  const t = useTranslations("metrics.filters");
  const { from, to, ...others } = query;
  return (
    <nav aria-label={t("ranges")} className="flex flex-wrap gap-2">
      {ranges.map((days) => {
        const first = addDays(today, 1 - days);
        const isShown = to === undefined && (from === first || (from === undefined && days === metricsDaysDefault));
        return (
          <Link
            key={days}
            href={metricsAddress(days === metricsDaysDefault ? others : { ...others, from: first })}
            prefetch={false}
            aria-current={isShown ? "true" : undefined}
            className={buttonStyles({ look: isShown ? "primary" : "outline" })}
          >
            {t("last", { days })}
          </Link>
        );
      })}
    </nav>
  );
}

type ChoicesProps = {
  name: "link" | "service" | "professional" | "provider" | "device";
  choices: readonly Choice[];
  chosen: string | undefined;
};

function Choices({ name, choices, chosen }: ChoicesProps) {
  const t = useTranslations("metrics");
  return (
    <Select name={name} label={t(`dimension.${name}`)} defaultValue={chosen ?? ""}>
      <option value="">{t("filters.all")}</option>
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.name}
        </option>
      ))}
    </Select>
  );
}
