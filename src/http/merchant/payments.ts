import { activateConnection } from "#commands/connections/activate-connection.ts";
import { createConnection } from "#commands/connections/create-connection.ts";
import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { listConnections, showConnection } from "#commands/connections/list-connections.ts";
import { orderConnections } from "#commands/connections/order-connections.ts";
import { offeredProviders } from "#commands/connections/payment-providers.ts";
import { testConnection } from "#commands/connections/test-connection.ts";
import { updateConnection } from "#commands/connections/update-connection.ts";
import type { paymentOperations } from "#contracts/operations/payments.ts";
import { Refusal } from "#contracts/problem.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

export const paymentHandlers: HandlersOf<typeof paymentOperations> = {
  listPaymentProviders: async () => ({ providers: offeredProviders() }),

  listPaymentConnections: async ({ caller }) => ({ connections: await listConnections(caller.tenantId) }),

  async orderPaymentConnections({ caller, input: { body } }) {
    await orderConnections({ caller, input: { tenantId: caller.tenantId, ids: body.ids } });
  },

  getPaymentConnection: ({ caller, input }) => showConnection(placeOf(caller, input.params)),

  async createPaymentConnection({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const { id } = await madeOnce({ caller, makes: "connection", key, request: body }, () =>
      createConnection({ caller, input: { ...body, kind: "payment", tenantId, isActiveIfAlone: true } }),
    );
    return showConnection(placeOf(caller, { id }));
  },

  async updateOwnPaymentConnection({ caller, input: { body } }) {
    const { id = await soleActive(caller.tenantId), version, ...changes } = body;
    const place = await paymentPlace(caller, { id });
    await updateConnection({ caller, input: { ...place, version, changes } });
    return showConnection(place);
  },

  async updatePaymentConnection({ caller, input: { params, body } }) {
    const { version, ...changes } = body;
    const place = await paymentPlace(caller, params);
    await updateConnection({ caller, input: { ...place, version, changes } });
    return showConnection(place);
  },

  async activatePaymentConnection({ caller, input: { params } }) {
    const place = await paymentPlace(caller, params);
    await activateConnection({ caller, input: place });
    return showConnection(place);
  },

  async deactivatePaymentConnection({ caller, input: { params } }) {
    const place = await paymentPlace(caller, params);
    await deactivateConnection({ caller, input: place });
    return showConnection(place);
  },

  testPaymentConnection: ({ caller, input: { body } }) =>
    "id" in body
      ? testConnection({ caller, input: placeOf(caller, body) })
      : testConnection({ caller, input: { ...body, tenantId: caller.tenantId } }),
};

const placeOf = ({ tenantId }: { tenantId: string }, { id }: { id: string }) => ({ tenantId, connectionId: id });

type Place = { tenantId: string; connectionId: string };

/** These addresses change no connection of another kind. Refuses: connection_unknown. */
async function paymentPlace(caller: { tenantId: string }, params: { id: string }): Promise<Place> {
  const place = placeOf(caller, params);
  await showConnection(place);
  return place;
}

/** Refuses: connection_unknown. */
async function soleActive(tenantId: string): Promise<string> {
  const [sole, ...more] = (await listConnections(tenantId)).filter(({ isActive }) => isActive);
  if (!sole || more.length > 0) throw new Refusal("connection_unknown", "Name one by its id: not exactly one is active.");
  return sole.id;
}
