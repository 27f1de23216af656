import { endOrderSession } from "#commands/order-desk/end-session.ts";
import type { ordersListOperations } from "#contracts/operations/shop/orders-list.ts";
import { listOrderSessions, loadOrderSessionAtDesk } from "#queries/shop-desk/order-sessions.ts";
import { orderColumns, orderFileLines } from "#queries/shop-desk/orders-file.ts";
import { countOrders, listOrders } from "#queries/shop-desk/orders-list.ts";
import { csvAnswer } from "../merchant/csv.ts";
import type { HandlersOf } from "../route.ts";

const pageDefault = 50;

export const ordersListHandlers: HandlersOf<typeof ordersListOperations> = {
  listOrders({ caller: { tenantId }, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return listOrders({ tenantId, filters, cursor, limit });
  },

  countOrders: ({ caller: { tenantId } }) => countOrders(tenantId),

  exportOrders({ caller: { tenantId }, input: { query }, c }) {
    return csvAnswer(c, { name: "orders", columns: orderColumns, pages: orderFileLines({ tenantId, filters: query }) });
  },

  listOrderSessions({ caller: { tenantId }, input: { query } }) {
    const { limit = pageDefault, ...wish } = query;
    return listOrderSessions({ tenantId, ...wish, limit });
  },

  getDeskOrderSession: ({ caller, input: { params } }) => loadOrderSessionAtDesk({ viewer: caller, id: params.id }),

  async cancelDeskOrderSession({ caller, input: { params } }) {
    await endOrderSession({ caller, input: { id: params.id } });
    return loadOrderSessionAtDesk({ viewer: caller, id: params.id });
  },
};
