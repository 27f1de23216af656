import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "#contracts/operations/index.ts";
import type { Operation } from "#contracts/operations/operation.ts";
import { createHttpApp } from "#http/app.ts";
import { newSession } from "#queries/sessions.ts";
import type { Clinic } from "../support/clinic.ts";
import { customerOfTests, type reachPaymentPage, slotStart } from "../support/customer.ts";
import type { Shop } from "../support/shop/shop.ts";
import { orderBody } from "../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../support/shop/stage.ts";

const stage = prepareShopStage({ worker: false });
let mine: Clinic;
let theirs: Clinic;
let booking: Awaited<ReturnType<typeof reachPaymentPage>>;
let other: Awaited<ReturnType<typeof reachPaymentPage>>;
let theirHold: { id: string; session: string };
let myOrder: Awaited<ReturnType<typeof stage.reachOrder>>;
let theirOrder: typeof myOrder;
let myShop: Shop;
let myCheckout: object;
beforeAll(async () => {
  const shops = [await stage.openShop(), await stage.openShop()] as const;
  [myShop] = shops;
  myOrder = await stage.reachOrder(myShop);
  theirOrder = await stage.reachOrder(shops[1], { product: await stage.addProduct(shops[1], digital) });
  myCheckout = await orderBody(stage, myShop, myOrder.cartId);
  mine = await stage.openClinic();
  theirs = await stage.openClinic();
  booking = await stage.reachPaymentPage(mine, { start: slotStart(0) });
  other = await stage.reachPaymentPage(theirs, { start: slotStart(0) });
  theirHold = (await stage.hold(theirs, { start: slotStart(9), session: newSession("program") })).body;
});

type Foreign = {
  ask: () => [method: string, path: string, body?: object, headers?: Record<string, string>];
  status: number;
  code: string | null;
};
const day = () => slotStart(0).slice(0, 10);
const customer = { customer: customerOfTests, acceptedTerms: true, provider: "wompi" };
const nobody = "01900000-0000-7000-8000-00000000dead";

/**
 * For every route: what somebody gets who knows the ids of another tenant, or of another customer.
 * A new route needs a line here.
 */
const operatorRoutes = [
  ...["cleanup-holds", "cleanup-unpaid", "work"].flatMap((name) => [`GET /api/cron/${name}`, `POST /api/cron/${name}`]),
  "GET /api/operator/attention",
  "POST /api/operator/payments/:id/seen",
  "POST /api/operator/checkouts/:id/reversal",
];

/** Without a proof, or with a customer's token as if it were the operator's. */
function asOperator(route: string, headers?: Record<string, string>): Foreign {
  const [method = "", path = ""] = route.split(" ");
  const ask = (): ReturnType<Foreign["ask"]> => [
    method,
    path.replace(":id", booking.id),
    undefined,
    headers ?? { authorization: `Bearer ${booking.token}` },
  ];
  return { ask, status: 401, code: "unauthorized" };
}

const foreign: Record<string, Foreign[]> = {
  "GET /api/booking/:link/options": [{ ask: () => ["GET", "/api/booking/not-a-link/options"], status: 404, code: "link_unknown" }],
  "GET /api/availability": [
    {
      ask: () => [
        "GET",
        `/api/availability?link=${mine.link}&service=${theirs.serviceId}&professional=${mine.professionalId}&from=${day()}&to=${day()}`,
      ],
      status: 422,
      code: "slot_not_offered",
    },
    {
      ask: () => [
        "GET",
        `/api/availability?link=${mine.link}&service=${mine.serviceId}&professional=${theirs.professionalId}&from=${day()}&to=${day()}`,
      ],
      status: 422,
      code: "slot_not_offered",
    },
  ],
  "POST /api/holds": [
    {
      ask: () => [
        "POST",
        "/api/holds",
        { link: mine.link, serviceId: theirs.serviceId, professionalId: theirs.professionalId, start: slotStart(1) },
      ],
      status: 422,
      code: "slot_not_offered",
    },
    {
      ask: () => [
        "POST",
        "/api/holds",
        { link: mine.link, serviceId: mine.serviceId, professionalId: theirs.professionalId, start: slotStart(1) },
      ],
      status: 422,
      code: "slot_not_offered",
    },
  ],
  "DELETE /api/holds/:id": [
    {
      ask: () => ["DELETE", `/api/holds/${theirHold.id}`, undefined, { "x-checkout-session": booking.session }],
      status: 404,
      code: "hold_unknown",
    },
    { ask: () => ["DELETE", `/api/holds/${theirHold.id}`], status: 404, code: "hold_unknown" },
    { ask: () => ["DELETE", "/api/holds/1 or 1=1"], status: 404, code: "hold_unknown" },
  ],
  "POST /api/bookings": [
    {
      ask: () => [
        "POST",
        "/api/bookings",
        { ...customer, link: mine.link, holdId: theirHold.id },
        { "x-checkout-session": theirHold.session },
      ],
      status: 404,
      code: "hold_unknown",
    },
    {
      ask: () => [
        "POST",
        "/api/bookings",
        { ...customer, link: theirs.link, holdId: theirHold.id },
        { "x-checkout-session": booking.session },
      ],
      status: 404,
      code: "hold_unknown",
    },
  ],
  "POST /api/bookings/:id/payments": [
    {
      ask: () => ["POST", `/api/bookings/${other.id}/payments?token=${booking.token}`, { provider: "wompi" }],
      status: 404,
      code: "checkout_unknown",
    },
    {
      ask: () => ["POST", `/api/bookings/${other.id}/payments`, { provider: "wompi" }, { "x-checkout-session": booking.session }],
      status: 404,
      code: "checkout_unknown",
    },
  ],
  "POST /api/bookings/:id/own-cancellation": [
    {
      ask: () => ["POST", `/api/bookings/${other.id}/own-cancellation?token=${booking.token}`, { backMinor: 0 }],
      status: 404,
      code: "checkout_unknown",
    },
    { ask: () => ["POST", `/api/bookings/${other.id}/own-cancellation`, { backMinor: 0 }], status: 404, code: "checkout_unknown" },
  ],
  "POST /api/bookings/:id/own-move": [
    {
      ask: () => ["POST", `/api/bookings/${other.id}/own-move?token=${booking.token}`, { start: slotStart(4), from: slotStart(0) }],
      status: 404,
      code: "checkout_unknown",
    },
    {
      ask: () => ["POST", `/api/bookings/${other.id}/own-move`, { start: slotStart(4), from: slotStart(0) }],
      status: 404,
      code: "checkout_unknown",
    },
  ],
  "GET /api/bookings/:id/status": [
    { ask: () => ["GET", `/api/bookings/${other.id}/status?token=${booking.token}`], status: 404, code: "checkout_unknown" },
    { ask: () => ["GET", `/api/bookings/${other.id}/status?token=`], status: 404, code: "checkout_unknown" },
    { ask: () => ["GET", `/api/bookings/${nobody}/status?token=${booking.token}`], status: 404, code: "checkout_unknown" },
    { ask: () => ["GET", `/api/bookings/${other.id}/status?token=${"a".repeat(8000)}`], status: 404, code: "checkout_unknown" },
  ],
  "GET /api/bookings/:id/events": [
    { ask: () => ["GET", `/api/bookings/${other.id}/events?token=${booking.token}`], status: 404, code: "checkout_unknown" },
  ],
  "GET /api/bookings/:id/calendar.ics": [
    { ask: () => ["GET", `/api/bookings/${other.id}/calendar.ics?token=${booking.token}`], status: 404, code: "checkout_unknown" },
    { ask: () => ["GET", `/api/bookings/${booking.id}/calendar.ics?token=${booking.token}`], status: 404, code: "checkout_unknown" },
  ],
  "GET /store/products": [{ ask: () => ["GET", "/store/products?shop=no-such-shop"], status: 404, code: "not_found" }],
  "GET /store/products/:id": [
    { ask: () => ["GET", `/store/products/${theirOrder.product.id}?shop=${myShop.slug}`], status: 404, code: "product_unknown" },
  ],
  "POST /store/carts": [{ ask: () => ["POST", "/store/carts", { shop: "no-such-shop" }], status: 404, code: "not_found" }],
  "GET /store/carts/:id": [
    { ask: () => ["GET", `/store/carts/${nobody}`], status: 404, code: "cart_unknown" },
    { ask: () => ["GET", `/store/carts/${theirOrder.id}`], status: 404, code: "cart_unknown" },
  ],
  "PUT /store/carts/:id/lines/:variantId": [
    {
      ask: () => ["PUT", `/store/carts/${myOrder.cartId}/lines/${theirOrder.product.variantIds[0]}`, { quantity: 1 }],
      status: 404,
      code: "variant_unknown",
    },
    {
      ask: () => ["PUT", `/store/carts/${nobody}/lines/${theirOrder.product.variantIds[0]}`, { quantity: 1 }],
      status: 404,
      code: "cart_unknown",
    },
  ],
  "PUT /store/carts/:id/discount": [
    { ask: () => ["PUT", `/store/carts/${nobody}/discount`, { code: "UNO" }], status: 404, code: "cart_unknown" },
    { ask: () => ["PUT", `/store/carts/${myOrder.cartId}/discount`, { code: "THEIRS" }], status: 404, code: "discount_unknown" },
  ],
  "DELETE /store/carts/:id/discount": [{ ask: () => ["DELETE", `/store/carts/${nobody}/discount`], status: 404, code: "cart_unknown" }],
  "GET /store/carts/:id/totals": [
    { ask: () => ["GET", `/store/carts/${nobody}/totals`], status: 404, code: "cart_unknown" },
    { ask: () => ["GET", `/store/carts/${myOrder.cartId}/totals?shipping=${theirOrder.id}`], status: 404, code: "shipping_unknown" },
  ],
  "POST /store/carts/:id/checkout": [
    { ask: () => ["POST", `/store/carts/${nobody}/checkout`, myCheckout], status: 404, code: "cart_unknown" },
    { ask: () => ["POST", `/store/carts/${theirOrder.id}/checkout`, myCheckout], status: 404, code: "cart_unknown" },
  ],
  "GET /store/order-sessions/:id": [
    { ask: () => ["GET", `/store/order-sessions/${theirOrder.id}?token=${myOrder.token}`], status: 404, code: "order_unknown" },
    { ask: () => ["GET", `/store/order-sessions/${theirOrder.id}`], status: 404, code: "order_unknown" },
    { ask: () => ["GET", `/store/order-sessions/${other.id}?token=${other.token}`], status: 404, code: "order_unknown" },
  ],
  "GET /store/order-sessions/:id/events": [
    { ask: () => ["GET", `/store/order-sessions/${theirOrder.id}/events?token=${myOrder.token}`], status: 404, code: "order_unknown" },
  ],
  "POST /store/order-sessions/:id/payments": [
    {
      ask: () => ["POST", `/store/order-sessions/${theirOrder.id}/payments?token=${myOrder.token}`, { provider: "wompi" }],
      status: 404,
      code: "order_unknown",
    },
    {
      ask: () => ["POST", `/store/order-sessions/${other.id}/payments?token=${other.token}`, { provider: "wompi" }],
      status: 404,
      code: "order_unknown",
    },
  ],
  "POST /store/order-sessions/:id/cancel": [
    { ask: () => ["POST", `/store/order-sessions/${theirOrder.id}/cancel?token=${myOrder.token}`], status: 404, code: "order_unknown" },
    { ask: () => ["POST", `/store/order-sessions/${other.id}/cancel?token=${other.token}`], status: 404, code: "order_unknown" },
  ],
  "POST /api/webhooks/:provider/:connection": [
    { ask: () => ["POST", `/api/webhooks/wompi/${theirs.connectionId}`, {}], status: 401, code: "unauthorized" },
  ],
  "POST /api/webhooks/:provider": [{ ask: () => ["POST", "/api/webhooks/wompi", {}], status: 401, code: "unauthorized" }],
  "POST /api/payments/:provider/webhook": [{ ask: () => ["POST", "/api/payments/wompi/webhook", {}], status: 401, code: "unauthorized" }],
  ...Object.fromEntries(operatorRoutes.map((route): [string, Foreign[]] => [route, [asOperator(route, {}), asOperator(route)]])),
  // Leads on, whatever it is given, to a page of ours that says "unknown"; nothing is done.
  "GET /pay/return/:booking/:token": [{ ask: () => ["GET", `/pay/return/${other.id}/${booking.token}`], status: 303, code: null }],
};
const openToAll = ["GET /healthz", "GET /readyz", "GET /metrics", "GET /api/openapi.json", "GET /api/docs", "GET /api/images/:name"];
/** Counts a visit of a link that everybody may open: tests/engine/metrics/visits.test.ts. */
const counted = ["POST /api/visits"];
/** Whose it is, the token says: tests/http/professionals/invitation.test.ts. */
const byToken = ["GET /api/calendar-invitations/:token", "PATCH /api/calendar-invitations/:token"];

/** Those of a merchant: tests/http/roles.test.ts tries each with another merchant's ids. Those of a person name nobody else's. */
const ofMerchants = (operations as readonly Operation[])
  .filter(({ permission, tag }) => permission !== undefined || tag === "account")
  .flatMap(({ methods, path }) => methods.map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`));

test("every route is in this list", () => {
  const routes = createHttpApp({ runDueJobs: async () => {} }).routes.filter(({ method }) => method !== "ALL");
  const known = new Set([...Object.keys(foreign), ...openToAll, ...counted, ...byToken, ...ofMerchants]);
  expect([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].filter((route) => !known.has(route))).toEqual([]);
});

describe.each(Object.keys(foreign))("%s", (route) => {
  test("with the ids of others: refused, and nothing of theirs is in the answer or changed", async () => {
    for (const { ask, status, code } of foreign[route] ?? []) {
      const [method, path, body, headers = {}] = ask();
      const answer = await fetch(stage.appUrl + path, {
        method,
        redirect: "manual",
        headers: { ...(body ? { "content-type": "application/json" } : {}), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      expect([path, answer.status]).toEqual([path, status]);
      if (code) expect(JSON.parse(text).code).toBe(code);
      expect(text).not.toMatch(/customer@|Clínica de prueba|wompi\/p/);
    }
    const { rows } = await stage.owner.query("select count(*) from payment where checkout_id = $1", [other.id]);
    expect(rows[0].count).toBe(1);
    const kept = await stage.owner.query("select state from stock_claim where checkout_id in ($1, $2)", [myOrder.id, theirOrder.id]);
    expect(kept.rows).toEqual([{ state: "paying" }, { state: "paying" }]);
    const claim = await stage.owner.query("select state from slot_claim where id = $1", [theirHold.id]);
    expect(claim.rows[0].state).toBe("held");
  });
});

test("an idempotency key of one merchant or session tells another nothing", async () => {
  const session = newSession("program");
  const held = await stage.hold(mine, { start: slotStart(20), session });
  const body = JSON.stringify({ ...customer, link: mine.link, holdId: held.body.id });
  const post = (as: string) =>
    fetch(`${stage.appUrl}/api/bookings`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "idempotency-key": "the-same", "x-checkout-session": as },
    });
  const first = (await (await post(session)).json()) as { token: string };
  const stranger = await (await post(newSession("program"))).text();
  expect(stranger).toContain("hold_unknown");
  expect(stranger).not.toContain(first.token);
});

describe("where a customer may be sent", () => {
  let paid: typeof booking;
  const answersWith = async (returnUrl: string | null) => {
    await stage.owner.query("update tenant set return_url = $2 where tenant_id = $1", [mine.tenantId, returnUrl]);
    return (await stage.state(paid)).returnUrl;
  };
  beforeAll(async () => {
    paid = await stage.reachPaymentPage(mine, { start: slotStart(30) });
    const charge = await stage.owner.query(
      `insert into charge (tenant_id, connection_id, provider_charge_id, reference, status, provider_status, amount_minor, currency)
       values ($1, $2, 'tx', 'KF-X', 'approved', 'APPROVED', 1, 'COP') returning id`,
      [mine.tenantId, mine.connectionId],
    );
    await stage.owner.query("update checkout set status = 'paid', payment_status = 'paid', paid_charge_id = $2 where id = $1", [
      paid.id,
      charge.rows[0].id,
    ]);
  });

  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://x/1",
    "/relative",
    "//evil.example",
    "not an address",
    "",
  ])("a merchant's return address %j is not rendered, and the page still answers", async (returnUrl) => {
    expect(await answersWith(returnUrl)).toBeNull();
  });

  test("the merchant's own https address is, with the result", async () => {
    expect(await answersWith("https://shop.example/thanks?x=1#y")).toBe(`https://shop.example/thanks?x=1&status=ok&ref=${paid.id}#y`);
  });

  test.each([
    "/pay/return/evil.example/x",
    "/pay/return/%2F%2Fevil.example/x",
    "/pay/return/..%2f..%2f..%2fevil.example/x",
    "/pay/return/%5C%5Cevil.example/x",
    "/pay/return/https:evil.example/x",
    "/pay/return/x%0d%0aLocation:%20https:%2f%2fevil.example/y",
    "/pay/return/x/%0d%0aSet-Cookie:a=b",
  ])("%s leads to a page of ours and sets no header", async (path) => {
    const answer = await fetch(stage.appUrl + path, { redirect: "manual" });
    const location = answer.headers.get("location") ?? "";
    expect(new URL(location, stage.appUrl).origin).toBe(stage.appUrl);
    expect(location).toMatch(/^\/book\/[^/?]+\/confirm\?token=/);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });
});

describe("requests from other sites", () => {
  const change = (headers: Record<string, string>) =>
    fetch(`${stage.appUrl}/api/holds`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", ...headers },
    }).then((answer) => answer.status);

  test.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another port", { origin: "http://127.0.0.1:1" }],
    ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["no origin that can be read", { origin: "null" }],
    ["a browser that says cross-site", { "sec-fetch-site": "cross-site" }],
    ["an origin that only begins like ours", { origin: "http://127.0.0.1.evil.example" }],
  ])("%s may change nothing", async (_who, headers) => {
    expect(await change(headers)).toBe(403);
  });

  test("our own pages and programs may", async () => {
    expect(await change({ origin: new URL(stage.appUrl).origin, "sec-fetch-site": "same-origin" })).toBe(422);
    expect(await change({})).toBe(422);
  });

  test("a form of another site cannot pass as JSON", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain; application/json",
    ]) {
      const answer = await fetch(`${stage.appUrl}/api/holds`, { method: "POST", body: "{}", headers: { "content-type": type } });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });
});
