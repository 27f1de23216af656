import { z } from "zod";
import { deliveries } from "../../desk/booking.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { orderDeliveriesExample } from "./order-desk-examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The order's id." }, "order_unknown");
const followUpParams = described(
  z.object({ id: z.uuid(), followUp: z.uuid() }),
  { id: "The order's id.", followUp: "The follow-up's id." },
  "follow_up_unknown",
);
/** Mails and callbacks hold the customer's data. */
const read = { ...merchantRead, permission: "events.read" } as const;

/** What an order set in motion. */
export const orderDeliveryOperations = [
  {
    ...read,
    id: "getOrderDeliveries",
    path: "/api/orders/{id}/deliveries",
    summary: "Mails, notices and callbacks of an order: state, attempts, last error, requests and answers",
    params,
    answer: json(200, deliveries, "In the order of the events that they follow.", orderDeliveriesExample),
  },
  {
    ...read,
    id: "getOrderMail",
    path: "/api/orders/{id}/mails/{followUp}",
    summary: "What a mail of an order says, written again from what is stored",
    params: followUpParams,
    answer: { status: 200, contentType: "text/html", description: "The mail. Our own pages may show it in a frame." },
  },
  {
    ...merchantChange,
    permission: "orders.change",
    methods: ["post"],
    id: "runOrderFollowUp",
    path: "/api/orders/{id}/deliveries/{followUp}/run",
    summary: "Run a failed follow-up of an order again, or send a callback once more",
    params: followUpParams,
    answer: json(
      200,
      deliveries,
      "It runs now. A callback has the same bytes and the same webhook-id as before, so that the merchant's server knows the fact again.",
      orderDeliveriesExample,
    ),
    refusals: ["order_unknown", "follow_up_over"],
  },
] as const satisfies readonly Operation[];
