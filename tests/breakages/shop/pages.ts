import type { Breakage } from "../breakage.ts";

const view = "tests/unit/shop/order-view.test.ts";

/** What an order's page says to whoever has paid, or may have paid. */
export const shopPages: Breakage[] = [
  {
    guarantee: "an order's page that does not know whether money came never says no",
    file: "src/app/order/confirmed/[id]/order-view.ts",
    find: '      if (!moment.hasTimeLeft && state.totalMinor > 0) return "asking";\n',
    replace: "",
    noticedBy: [view],
  },
  {
    guarantee: "an order's page says sold out while paying apart from other refunds",
    file: "src/app/order/confirmed/[id]/order-view.ts",
    find: 'state.refund.reason === "capacity_gone" ? "taken" : "refunded"',
    replace: '"refunded"',
    noticedBy: [view],
  },
  {
    guarantee: "the cart cannot be taken back while a payment may have been made after the end",
    file: "src/app/order/confirmed/[id]/order-view.ts",
    find: '["confirming", "late", "declined", "mismatch"]',
    replace: '["confirming", "late", "declined", "mismatch", "asking"]',
    noticedBy: [view],
  },
  {
    guarantee: "an order's page looks closely while a bank has not answered",
    file: "src/app/order/confirmed/[id]/order-view.ts",
    find: ' || state.isAwaitingAnswer) return "closely"',
    replace: ') return "closely"',
    noticedBy: [view],
  },
];
