import type { metricsOperations } from "#contracts/operations/metrics/metrics.ts";
import { loadMetrics } from "#queries/metrics/load-metrics.ts";
import { metricsColumns, metricsLines } from "#queries/metrics/metrics-file.ts";
import type { HandlersOf } from "../route.ts";
import { csvAnswer } from "./csv.ts";

export const metricsHandlers: HandlersOf<typeof metricsOperations> = {
  getMerchantMetrics: ({ caller, input: { query } }) => loadMetrics(caller.tenantId, query),

  async exportMerchantMetrics({ caller, input: { query }, c }) {
    const metrics = await loadMetrics(caller.tenantId, query);
    return csvAnswer(c, { name: `metrics-${metrics.by}`, columns: metricsColumns(metrics.by), pages: onePage(metricsLines(metrics)) });
  },
};

async function* onePage<Line>(lines: Line[]): AsyncGenerator<Line[], void, undefined> {
  yield lines;
}
