import { withQuery } from "#app/book/address.ts";
import { type MetricsQuery, metricsQuery } from "#contracts/metrics/metrics.ts";
import type { Dimension } from "#contracts/metrics/steps.ts";

export type Given = Record<string, string | string[] | undefined>;
export type PageQuery = MetricsQuery & { by: Dimension };

const byDefault: Dimension = "link";

/** A field that makes no sense is as if it was not there: the address may have been typed. */
export function readQuery(given: Given): PageQuery {
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const isKnown = Object.hasOwn(metricsQuery.shape, name);
    return isKnown && one && metricsQuery.safeParse({ [name]: one }).success ? [[name, one] as const] : [];
  });
  const query = metricsQuery.parse(Object.fromEntries(fields));
  return { ...query, by: query.by ?? byDefault };
}

export function metricsAddress({ by, ...query }: PageQuery): string {
  return withQuery("/dashboard/metrics", { ...query, by: by === byDefault ? null : by });
}

/** Everything but the days and what is compared. */
export function filtersOf({ from: _, to: __, by: ___, ...filters }: PageQuery) {
  return filters;
}
