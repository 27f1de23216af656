import { archiveShippingOption } from "#commands/shipping-options/archive-option.ts";
import { createShippingOption } from "#commands/shipping-options/create-option.ts";
import { orderShippingOptions } from "#commands/shipping-options/order-options.ts";
import { restoreShippingOption } from "#commands/shipping-options/restore-option.ts";
import { updateShippingOption } from "#commands/shipping-options/update-option.ts";
import { openShop } from "#commands/shops/open-shop.ts";
import { updateShop } from "#commands/shops/update-shop.ts";
import type { shopOperations } from "#contracts/operations/shop-desk/shop.ts";
import { loadShippingOption, loadShippingOptions } from "#queries/shop-desk/shipping-options.ts";
import { findShop, loadShop } from "#queries/shop-desk/shop.ts";
import type { HandlersOf } from "../../route.ts";
import { madeOnce } from "../made-once.ts";

/** The shop itself, and how its goods get to the customers. */
export const shopHandlers: HandlersOf<typeof shopOperations> = {
  getShop: async ({ caller }) => ({ shop: await findShop(caller.tenantId) }),

  async openShop({ caller }) {
    await openShop({ caller, input: { tenantId: caller.tenantId } });
    return loadShop(caller.tenantId);
  },

  async updateShop({ caller, input: { body } }) {
    const { version: seenVersion, ...changes } = body;
    await updateShop({ caller, input: { tenantId: caller.tenantId, changes, seenVersion } });
    return loadShop(caller.tenantId);
  },

  listShippingOptions: async ({ caller }) => ({ options: await loadShippingOptions(caller.tenantId) }),

  async createShippingOption({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = () => createShippingOption({ caller, input: { ...body, tenantId } });
    const { id } = await madeOnce({ caller, key, makes: "shipping_option", request: body }, make);
    return loadShippingOption({ tenantId, optionId: id });
  },

  async orderShippingOptions({ caller, input: { body } }) {
    await orderShippingOptions({ caller, input: { tenantId: caller.tenantId, ids: body.ids } });
    return undefined;
  },

  async updateShippingOption({ caller, input: { params, body } }) {
    const { version: seenVersion, ...changes } = body;
    const { tenantId } = caller;
    await updateShippingOption({ caller, input: { tenantId, optionId: params.id, changes, seenVersion } });
    return loadShippingOption({ tenantId, optionId: params.id });
  },

  async archiveShippingOption({ caller, input: { params } }) {
    await archiveShippingOption({ caller, input: { tenantId: caller.tenantId, optionId: params.id } });
    return undefined;
  },

  async restoreShippingOption({ caller, input: { params } }) {
    const { tenantId } = caller;
    await restoreShippingOption({ caller, input: { tenantId, optionId: params.id } });
    return loadShippingOption({ tenantId, optionId: params.id });
  },
};
