import { answerOnce, ownerOf } from "#commands/answer-once.ts";
import { checkOutCart } from "#commands/carts/check-out.ts";
import { giveUpOrder } from "#commands/carts/give-up.ts";
import { payOrderAgain } from "#commands/carts/pay-again.ts";
import type { orderSessionOperations } from "#contracts/operations/shop/order-sessions.ts";
import { loadOrderSession } from "#queries/shop/order-session-state.ts";
import { ownOrderSession } from "#queries/shop/own-session.ts";
import { tenantOfCart } from "#queries/shop/tenant-of-cart.ts";
import type { HandlersOf } from "../route.ts";
import { stateEvents } from "../streams/state-events.ts";

/** From the cart to the payment page, and what the order's page shows. */
export const orderSessionHandlers: HandlersOf<typeof orderSessionOperations> = {
  async checkOutCart({ caller, input: { params, body }, key }) {
    const checkOut = () => checkOutCart({ caller, input: { cartId: params.id, request: body } });
    if (key === null) return checkOut();
    // Not even a hash of the customer's document is kept.
    const { document: _, ...request } = body;
    const tenantId = await tenantOfCart(params.id);
    return answerOnce({ tenantId, makes: "order", owner: ownerOf(caller, `cart ${params.id}`), key, request }, checkOut);
  },

  getOrderSession: ({ input: { params, query } }) => loadOrderSession({ orderId: params.id, token: query.token }),

  streamOrderEvents: ({ input: { params, query }, c }) => {
    const wanted = { orderId: params.id, token: query.token };
    return stateEvents(c, { checkoutId: wanted.orderId, load: () => loadOrderSession(wanted) });
  },

  async payOrderSession({ caller, input: { params, query, body }, key }) {
    const { provider, connection: connectionId, document } = body;
    const own = { orderId: params.id, token: query.token };
    const pay = () => payOrderAgain({ caller, input: { ...own, provider, connectionId, document } });
    if (key === null) return pay();
    const { checkout } = await ownOrderSession(own);
    const request = { orderId: params.id, provider, connectionId };
    return answerOnce({ tenantId: checkout.tenant_id, makes: "payment", owner: ownerOf(caller, query.token), key, request }, pay);
  },

  async cancelOrderSession({ caller, input: { params, query } }) {
    const own = { orderId: params.id, token: query.token };
    await giveUpOrder({ caller, input: own });
    return loadOrderSession(own);
  },
};
