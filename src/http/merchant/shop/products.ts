import { archiveProduct } from "#commands/products/archive-product.ts";
import { changeStockByHand } from "#commands/products/change-stock-by-hand.ts";
import { createProduct } from "#commands/products/create-product.ts";
import { orderProducts } from "#commands/products/order-products.ts";
import { restoreProduct } from "#commands/products/restore-product.ts";
import { updateProduct } from "#commands/products/update-product.ts";
import { importProducts } from "#commands/products-import/import-products.ts";
import type { productOperations } from "#contracts/operations/shop-desk/products.ts";
import { listProducts, loadProduct, loadProductOf } from "#queries/shop-desk/products.ts";
import { productColumns, productLines } from "#queries/shop-desk/products-file.ts";
import { stockHistory } from "#queries/shop-desk/stock-history.ts";
import type { HandlersOf } from "../../route.ts";
import { csvAnswer } from "../csv.ts";
import { madeOnce } from "../made-once.ts";

/** What a shop sells. */
export const productHandlers: HandlersOf<typeof productOperations> = {
  listProducts({ caller: { tenantId }, input: { query } }) {
    const { cursor, limit, ...filters } = query;
    return listProducts({ tenantId, filters, cursor, limit });
  },

  exportProducts: ({ caller: { tenantId }, input: { query }, c }) =>
    csvAnswer(c, { name: "products", columns: productColumns, pages: productLines({ tenantId, filters: query }) }),

  async createProduct({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = () => createProduct({ caller, input: { ...body, tenantId } });
    const { id } = await madeOnce({ caller, key, makes: "product", request: body }, make);
    return loadProduct({ tenantId, productId: id });
  },

  importProducts: ({ caller, input: { body } }) => importProducts({ caller, input: { ...body, tenantId: caller.tenantId } }),

  async orderProducts({ caller, input: { body } }) {
    await orderProducts({ caller, input: { tenantId: caller.tenantId, ids: body.ids } });
    return undefined;
  },

  getProduct: ({ caller: { tenantId }, input }) => loadProduct({ tenantId, productId: input.params.id }),

  async updateProduct({ caller, input: { params, body } }) {
    const { version: seenVersion, ...changes } = body;
    const { tenantId } = caller;
    await updateProduct({ caller, input: { tenantId, productId: params.id, changes, seenVersion } });
    return loadProduct({ tenantId, productId: params.id });
  },

  async archiveProduct({ caller, input: { params } }) {
    await archiveProduct({ caller, input: { tenantId: caller.tenantId, productId: params.id } });
    return undefined;
  },

  async restoreProduct({ caller, input: { params } }) {
    const { tenantId } = caller;
    await restoreProduct({ caller, input: { tenantId, productId: params.id } });
    return loadProduct({ tenantId, productId: params.id });
  },

  getStockHistory({ caller: { tenantId }, input: { params, query } }) {
    const { cursor, limit } = query;
    return stockHistory({ tenantId, of: { variantId: params.id }, cursor, limit });
  },

  async changeStock({ caller, input: { params, body }, key }) {
    const { tenantId } = caller;
    const input = { tenantId, variantId: params.id, request: body };
    const change = async () => {
      await changeStockByHand({ caller, input });
      return { isDone: true };
    };
    await madeOnce({ caller, key, makes: "stock_change", request: input }, change);
    return loadProductOf({ tenantId, variantId: params.id });
  },
};
