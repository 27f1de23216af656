import { z } from "zod";
import { ordersPerPageMax } from "../../shop-desk/order-limits.ts";
import { deskOrderSession, orderSessionsPage, orderSessionsQuery } from "../../shop-desk/order-sessions.ts";
import { orderCounts, orderFilters, ordersPage, ordersQuery } from "../../shop-desk/orders-list.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { deskOrderSessionExample, orderRowExample, orderSessionRowExample } from "./order-desk-examples.ts";

const filterWords = {
  status: "`paid` (to pack), `packed` (to send), `sent`, `delivered` or `cancelled`.",
  from: "First day on which they were paid (YYYY-MM-DD), in the merchant's zone.",
  to: "Last day, inclusive, in the merchant's zone.",
  search:
    "An order's number, with # or without; part of the customer's name, e-mail address or phone number, as in GET /api/bookings; an article's number (SKU); a tracking number; a payment's reference or the provider's id of it; an order's id.",
};
const read = { ...merchantRead, permission: "orders.read" } as const;
const sessionParams = described(z.object({ id: z.uuid() }), { id: "The order session's id, which is also its order's." }, "order_unknown");

/** What was bought, and what is being bought. */
export const ordersListOperations = [
  {
    ...read,
    id: "listOrders",
    path: "/api/orders",
    summary: "Orders, the newest first",
    query: described(ordersQuery, {
      ...filterWords,
      cursor: "`nextCursor` of the page before, with the same filters.",
      limit: `Orders on a page, at most ${ordersPerPageMax}; 50 by default.`,
    }),
    answer: json(200, ordersPage, "`nextCursor` is null on the last page.", { orders: [orderRowExample], nextCursor: null }),
  },
  {
    ...read,
    id: "countOrders",
    path: "/api/orders/counts",
    summary: "How many orders stand where",
    answer: json(200, orderCounts, "Each is counted up to 1000.", { paid: 3, packed: 2, sent: 14, delivered: 210, cancelled: 5 }),
  },
  {
    ...read,
    id: "exportOrders",
    path: "/api/orders.csv",
    summary: "Orders with their lines as a file for spreadsheets",
    query: described(orderFilters, filterWords),
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma, a row for each line of an order. Dates and times are in the merchant's zone, amounts in whole units of the currency; `shipping` and `order_total` are of the whole order and stand in each of its rows. A text that begins like a formula has an apostrophe in front.",
    },
  },
  {
    ...read,
    id: "listOrderSessions",
    path: "/api/order-sessions",
    summary: "Order sessions, the newest first: what is being paid now, and what became of the others",
    query: described(orderSessionsQuery, {
      status: "`active`, `processed` (an order), `expired` or `cancelled`.",
      cursor: "`nextCursor` of the page before, with the same status.",
      limit: `Order sessions on a page, at most ${ordersPerPageMax}; 50 by default.`,
    }),
    answer: json(200, orderSessionsPage, "`endedBecause` says why one is over. Those that nobody paid are deleted after some time.", {
      sessions: [orderSessionRowExample],
      nextCursor: null,
    }),
  },
  {
    ...read,
    id: "getDeskOrderSession",
    path: "/api/order-sessions/{id}",
    summary: "Everything of one order session: what its customer froze with the click on pay",
    params: sessionParams,
    answer: json(200, deskOrderSession, "Payments are null without payments.read.", deskOrderSessionExample),
  },
  {
    ...merchantChange,
    permission: "orders.change",
    id: "cancelDeskOrderSession",
    methods: ["post"],
    path: "/api/order-sessions/{id}/cancel",
    summary: "End an order session that nobody has paid: its stock is free at once",
    params: sessionParams,
    answer: json(200, deskOrderSession, "Money that still comes goes back whole. A repeat changes nothing.", deskOrderSessionExample),
    refusals: ["changed_meanwhile"],
  },
] as const satisfies readonly Operation[];
