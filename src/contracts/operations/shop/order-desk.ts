import { z } from "zod";
import { reversalAnswer, timeline } from "../../desk/booking.ts";
import {
  deskOrder,
  orderCancellation,
  orderNote,
  orderRefund,
  orderSending,
  orderStep,
  orderStockBack,
  orderUndo,
} from "../../shop-desk/order.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { deskOrderExample, orderTimelineExample, sentOrderExample } from "./order-desk-examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The order's id." }, "order_unknown");
const read = { ...merchantRead, permission: "orders.read", params } as const;
const change = { ...merchantChange, permission: "orders.change", methods: ["post"], params, takesKey: "beside_proof" } as const;
const afterwards = (description: string) => json(200, deskOrder, description, deskOrderExample);

/** One order at the merchant's desk. */
export const orderDeskOperations = [
  {
    ...read,
    id: "getOrder",
    path: "/api/orders/{id}",
    summary: "Everything of one order: lines, sums, customer, address, delivery, money, notes",
    answer: afterwards(
      "`next` is what waits for the merchant. `may` says what whoever asks may do. Payments and refund cases are null without payments.read.",
    ),
  },
  {
    ...read,
    id: "getOrderTimeline",
    path: "/api/orders/{id}/timeline",
    summary: "What happened to an order and its money, and who did it, newest first",
    answer: json(200, timeline, "The newest 500 events, and every callback that was sent.", orderTimelineExample),
  },
  {
    ...change,
    id: "packOrder",
    path: "/api/orders/{id}/pack",
    summary: "Say that an order lies ready",
    body: orderStep,
    bodyExamples: { pack: { version: 1 } },
    answer: afterwards("One that is packed already, or further, is left as it is."),
    refusals: ["order_not_movable", "changed_meanwhile"],
  },
  {
    ...change,
    id: "sendOrder",
    path: "/api/orders/{id}/send",
    summary: "Say that an order, or a part of it, is on its way",
    body: orderSending,
    bodyExamples: { all: sentOrderExample, part: { carrier: "Servientrega", lines: [{ place: 1, quantity: 1 }] } },
    answer: afterwards(
      "It is `sent` when nothing of it waits any more; `shipments` has each parcel. Of an order that is sent, without `lines`, it corrects the newest parcel's number.",
    ),
    refusals: ["order_not_movable", "changed_meanwhile", "limit_reached", "invalid_request"],
  },
  {
    ...change,
    id: "deliverOrder",
    path: "/api/orders/{id}/deliver",
    summary: "Say that the customer has an order",
    body: orderStep,
    bodyExamples: { deliver: { version: 3 } },
    answer: afterwards("After it is sent; at once where it is picked up, or where nothing of it is a thing."),
    refusals: ["order_not_movable", "changed_meanwhile"],
  },
  {
    ...change,
    id: "undoOrderStep",
    path: "/api/orders/{id}/undo",
    summary: "Take the newest step of an order back: delivered, a parcel, or packed",
    body: orderUndo,
    bodyExamples: { undo: { version: 3 } },
    answer: afterwards("`undoes` says beforehand what it takes back. A parcel of which pieces were refunded as returned stays sent."),
    refusals: ["order_not_movable", "changed_meanwhile"],
  },
  {
    ...change,
    id: "cancelOrder",
    path: "/api/orders/{id}/cancel",
    summary: "Cancel an order: all that is left of its money goes back",
    body: orderCancellation,
    bodyExamples: {
      cancel: {
        stockBack: [{ place: 1, quantity: 2 }],
        reason: "Se dañó en la bodega.",
        seen: { orderStatus: "packed", refundMinor: 9_000_000 },
      },
    },
    answer: afterwards(
      "In every state. What is named in `stockBack` can be sold again at once. With `seen`, an order that stands otherwise is refused.",
    ),
    refusals: ["already_cancelled", "changed_meanwhile", "order_not_movable", "limit_reached", "invalid_request"],
  },
  {
    ...change,
    id: "refundOrder",
    path: "/api/orders/{id}/refunds",
    summary: "Send the money of some pieces back; the rest of the order goes on",
    body: orderRefund,
    bodyExamples: {
      line: { lines: [{ place: 1, quantity: 1, isStockBack: true }], shipping: false, seenLeftMinor: 9_000_000, reason: "requested" },
    },
    answer: afterwards(
      "`refundCases` has the new one and `refundedLines` its pieces. Pieces that were not sent yet are never sent. All refunds of a line together are exactly its total. An order of which nothing is left ends as cancelled.",
    ),
    refusals: [
      "nothing_to_refund",
      "changed_meanwhile",
      "refund_blocked_by_dispute",
      "withdrawal_over",
      "order_not_movable",
      "invalid_request",
    ],
  },
  {
    ...change,
    id: "returnOrderStock",
    path: "/api/orders/{id}/stock-back",
    summary: "Put pieces back in stock that came back after their refund",
    body: orderStockBack,
    bodyExamples: { pieces: { lines: [{ place: 1, quantity: 1 }] } },
    answer: afterwards("At most as many as `returnable` says of each line."),
    refusals: ["order_not_movable", "invalid_request"],
  },
  {
    ...change,
    id: "answerOrderReversal",
    path: "/api/orders/{id}/reversal",
    summary: "Say whether an order stands whose money went back at the bank or in the provider's panel",
    body: reversalAnswer,
    bodyExamples: { keep: { answer: "keep" } },
    answer: afterwards("`cancel` ends the order and tells the customer. Of two who answer at once, one is told that it was answered."),
    refusals: ["changed_meanwhile"],
  },
  {
    ...change,
    id: "addOrderNote",
    path: "/api/orders/{id}/notes",
    summary: "Keep a note about an order for the merchant's people; no mail and no callback has it",
    body: orderNote,
    bodyExamples: { note: { text: "Es un regalo: sin factura en la caja." } },
    answer: afterwards("`notes` has it, with who wrote it and when."),
    refusals: ["limit_reached"],
  },
] as const satisfies readonly Operation[];
