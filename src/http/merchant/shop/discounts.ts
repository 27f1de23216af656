import { archiveDiscount } from "#commands/discounts/archive-discount.ts";
import { createDiscount } from "#commands/discounts/create-discount.ts";
import { restoreDiscount } from "#commands/discounts/restore-discount.ts";
import { updateDiscount } from "#commands/discounts/update-discount.ts";
import type { discountOperations } from "#contracts/operations/shop-desk/discounts.ts";
import { loadDiscount, loadDiscounts } from "#queries/shop-desk/discounts.ts";
import type { HandlersOf } from "../../route.ts";
import { madeOnce } from "../made-once.ts";

export const discountHandlers: HandlersOf<typeof discountOperations> = {
  listDiscounts: async ({ caller }) => ({ discounts: await loadDiscounts(caller.tenantId) }),

  async createDiscount({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = () => createDiscount({ caller, input: { ...body, tenantId } });
    const { id } = await madeOnce({ caller, key, makes: "discount", request: body }, make);
    return loadDiscount({ tenantId, discountId: id });
  },

  getDiscount: ({ caller: { tenantId }, input }) => loadDiscount({ tenantId, discountId: input.params.id }),

  async updateDiscount({ caller, input: { params, body } }) {
    const { version: seenVersion, ...changes } = body;
    const { tenantId } = caller;
    await updateDiscount({ caller, input: { tenantId, discountId: params.id, changes, seenVersion } });
    return loadDiscount({ tenantId, discountId: params.id });
  },

  async archiveDiscount({ caller, input: { params } }) {
    await archiveDiscount({ caller, input: { tenantId: caller.tenantId, discountId: params.id } });
    return undefined;
  },

  async restoreDiscount({ caller, input: { params } }) {
    const { tenantId } = caller;
    await restoreDiscount({ caller, input: { tenantId, discountId: params.id } });
    return loadDiscount({ tenantId, discountId: params.id });
  },
};
