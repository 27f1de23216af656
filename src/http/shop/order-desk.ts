import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { addOrderNote } from "#commands/order-desk/add-note.ts";
import { cancelOrder } from "#commands/order-desk/cancel-order.ts";
import { deliverOrder, packOrder } from "#commands/order-desk/move-order.ts";
import { returnToStock } from "#commands/order-desk/put-back.ts";
import { refundOrder } from "#commands/order-desk/refund-order.ts";
import { sendOrder } from "#commands/order-desk/send-order.ts";
import { undoStep } from "#commands/order-desk/undo-step.ts";
import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { orderDeskOperations } from "#contracts/operations/shop/order-desk.ts";
import { Refusal } from "#contracts/problem.ts";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { loadDeskOrder, requireOrder } from "#queries/shop-desk/order-page.ts";
import { loadOrderTimeline } from "#queries/shop-desk/order-timeline.ts";
import { madeOnce } from "../merchant/made-once.ts";
import type { HandlersOf } from "../route.ts";

/** One order at the merchant's desk. */
export const orderDeskHandlers: HandlersOf<typeof orderDeskOperations> = {
  getOrder: ({ caller, input }) => shown(caller, input.params.id),

  getOrderTimeline: ({ caller, input }) => loadOrderTimeline({ viewer: caller, orderId: input.params.id }),

  packOrder: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "pack", orderId: params.id, body }, (orderId) => packOrder({ caller, input: { orderId, ...body } })),

  sendOrder: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "send", orderId: params.id, body }, (orderId) => sendOrder({ caller, input: { orderId, ...body } })),

  deliverOrder: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "deliver", orderId: params.id, body }, (orderId) => deliverOrder({ caller, input: { orderId, ...body } })),

  undoOrderStep: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "undo", orderId: params.id, body }, (orderId) => undoStep({ caller, input: { orderId, ...body } })),

  cancelOrder: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "cancel", orderId: params.id, body }, (orderId) => cancelOrder({ caller, input: { orderId, ...body } })),

  refundOrder: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "refund", orderId: params.id, body }, (orderId) => refundOrder({ caller, input: { orderId, ...body } })),

  returnOrderStock: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "stock_back", orderId: params.id, body }, (orderId) =>
      returnToStock({ caller, input: { orderId, ...body } }),
    ),

  async answerOrderReversal({ caller, input: { params, body } }) {
    await requireOrder({ viewer: caller, orderId: params.id });
    const isAnswered = await answerReversal({ caller, input: { tenantId: caller.tenantId, checkoutId: params.id, answer: body.answer } });
    const order = await shown(caller, params.id);
    // A repeat finds its own answer.
    if (!isAnswered && order.reversalAnswer !== body.answer) throw new Refusal("changed_meanwhile");
    return order;
  },

  addOrderNote: ({ caller, input: { params, body }, key }) =>
    changed({ caller, key, step: "note", orderId: params.id, body }, (orderId) => addOrderNote({ caller, input: { orderId, ...body } })),
};

type DeskCaller = MemberCaller | ApiKeyCaller;
type Changing = { caller: DeskCaller; key: string | null; step: string; orderId: string; body: unknown };

const shown = (caller: DeskCaller, orderId: string): Promise<DeskOrder> => loadDeskOrder({ viewer: caller, orderId });

/** A repeat changes nothing and sees the order as it is now. Nothing personal is kept for it. */
async function changed({ caller, key, ...request }: Changing, change: (orderId: string) => Promise<void>): Promise<DeskOrder> {
  await requireOrder({ viewer: caller, orderId: request.orderId });
  await madeOnce({ caller, makes: "order_change", key, request }, async () => {
    await change(request.orderId);
    return { isDone: true };
  });
  return shown(caller, request.orderId);
}
