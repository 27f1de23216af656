import type { OpenOrder } from "../../support/shop/order.ts";

/** What the shop must decide, in a few lines and without a database. Minutes since the start of the run stand for time. */
export type ModelSession = OpenOrder & {
  lines: ReadonlyMap<number, number>;
  hasCode: boolean;
  status: "pending" | "paid" | "expired" | "cancelled";
  /** Until when its pieces wait for it. */
  until: number;
  charge: "none" | "order" | "refund";
};
export type StockModel = { now: number; onHand: number[]; usesLeft: number; orders: number; sessions: ModelSession[] };

export const pieces = [2, 3, 5];
export const uses = 2;
export const newStockModel = (): StockModel => ({ now: 0, onHand: [...pieces], usesLeft: uses, orders: 0, sessions: [] });

export const isLiving = ({ now }: StockModel, { status, until }: ModelSession): boolean => status === "pending" && until > now;

const livingOthers = (model: StockModel, but?: ModelSession) => model.sessions.filter((each) => each !== but && isLiving(model, each));

/** What nobody else is paying for. */
export function available(model: StockModel, shelf: number, but?: ModelSession): number {
  return (model.onHand[shelf] ?? 0) - livingOthers(model, but).reduce((sum, { lines }) => sum + (lines.get(shelf) ?? 0), 0);
}

export const usesFree = (model: StockModel, but?: ModelSession): number =>
  model.usesLeft - livingOthers(model, but).filter(({ hasCode }) => hasCode).length;

export function fits(model: StockModel, wanted: Pick<ModelSession, "lines" | "hasCode">, but?: ModelSession): boolean {
  const hasPieces = [...wanted.lines].every(([shelf, quantity]) => available(model, shelf, but) >= quantity);
  return hasPieces && (!wanted.hasCode || usesFree(model, but) > 0);
}

/** Money came: for a living session it is an order, for a lapsed one if the pieces are still there. */
export function payInModel(model: StockModel, session: ModelSession): void {
  if (session.charge !== "none") return;
  const getsIt = session.status !== "cancelled" && (isLiving(model, session) || fits(model, session, session));
  session.charge = getsIt ? "order" : "refund";
  session.status = getsIt ? "paid" : "cancelled";
  if (!getsIt) return;
  model.orders += 1;
  for (const [shelf, quantity] of session.lines) model.onHand[shelf] = (model.onHand[shelf] ?? 0) - quantity;
  if (session.hasCode) model.usesLeft -= 1;
}
