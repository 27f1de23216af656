import type { Breakage } from "./breakage.ts";

const figures = "tests/http/metrics/metrics.test.ts";
const visits = "tests/engine/metrics/visits.test.ts";
const funnel = "tests/unit/metrics/funnel.test.ts";

/** A merchant's figures: whose they are, what they count, and what is forgotten. */
export const metrics: Breakage[] = [
  {
    guarantee: "a program sees the figures of its own merchant, whichever it names",
    file: "src/http/merchant/metrics.ts",
    find: "getMerchantMetrics: ({ caller, input: { query } }) => loadMetrics(caller.tenantId, query),",
    replace: 'getMerchantMetrics: ({ caller, input: { query }, c }) => loadMetrics(c.req.header("x-tenant") ?? caller.tenantId, query),',
    noticedBy: [figures],
  },
  {
    guarantee: "staff see no figures",
    file: "src/domain/roles.ts",
    find: 'staff: ["tenant.read", ',
    replace: 'staff: ["metrics.read", "tenant.read", ',
    noticedBy: [figures],
  },
  {
    guarantee: "no step of the funnel has more visits than the one before",
    file: "src/domain/metrics/funnel.ts",
    find: "step > index ? sum + visits : sum",
    replace: "step === index + 1 ? sum + visits : sum",
    noticedBy: [funnel],
  },
  {
    guarantee: "robots are no visits",
    file: "src/domain/metrics/devices.ts",
    find: "if (!browser || robots.test(browser)) return null;",
    replace: "if (!browser) return null;",
    noticedBy: [visits, funnel],
  },
  {
    guarantee: "after 90 days nothing is left of a visit but a number",
    file: "src/commands/visits/fold-visits.ts",
    find: "where v.tenant_id = old.tenant_id and v.id = old.id returning 1",
    replace: "where v.tenant_id = old.tenant_id and v.id = old.id and v.checkout_id is null returning 1",
    noticedBy: [visits],
  },
  {
    guarantee: "a refund case that gave nothing back is no refund",
    file: "src/queries/metrics/money-figures.ts",
    find: " and r.withdrawn_at is null",
    replace: "",
    noticedBy: [figures],
  },
  {
    guarantee: "a released hold is none that lapsed",
    file: "src/commands/sweep.ts",
    find: "from gone join tenant using (tenant_id) where state = 'expired' group by",
    replace: "from gone join tenant using (tenant_id) group by",
    noticedBy: [visits],
  },
];
