import { trades } from "#domain/first-run/trades.ts";

/** Pages, which may not import `domain`, ask here. Without zod, so that a browser may load it. */
export { firstWeek, trades } from "#domain/first-run/trades.ts";

export type TradeName = keyof typeof trades;
export const tradeNames: readonly TradeName[] = Object.keys(trades).filter((name): name is TradeName => name in trades);
