import { addCustomerNote } from "#commands/customers/add-note.ts";
import { eraseCustomer } from "#commands/customers/erase-customer.ts";
import { exportPerson } from "#commands/customers/export-person.ts";
import { importCustomers } from "#commands/customers/import-customers.ts";
import { logListExport } from "#commands/customers/log-list-export.ts";
import { mergeCustomers, undoMerge } from "#commands/customers/merge-customers.ts";
import { restrictCustomer } from "#commands/customers/restrict-customer.ts";
import { updateCustomer } from "#commands/customers/update-customer.ts";
import type { customerOperations } from "#contracts/operations/customers/customers.ts";
import { loadCustomer } from "#queries/customers/customer-page.ts";
import { customerColumns, customerLines } from "#queries/customers/customers-file.ts";
import { listCustomers } from "#queries/customers/customers-list.ts";
import { previewMerge } from "#queries/customers/merge-preview.ts";
import type { HandlersOf } from "../route.ts";
import { csvAnswer } from "./csv.ts";
import { madeOnce } from "./made-once.ts";

const pageDefault = 50;

/** Who buys from a merchant. */
export const customerHandlers: HandlersOf<typeof customerOperations> = {
  listCustomers({ caller, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return listCustomers({ tenantId: caller.tenantId, filters, cursor, limit });
  },

  async exportCustomers({ caller, input: { query }, c }) {
    await logListExport(caller);
    const pages = customerLines({ tenantId: caller.tenantId, filters: query });
    return csvAnswer(c, { name: "customers", columns: customerColumns, pages });
  },

  importCustomers: ({ caller, input: { body } }) => importCustomers({ caller, input: body }),

  getCustomer: ({ caller, input: { params } }) => loadCustomer({ viewer: caller, customerId: params.id }),

  async updateCustomer({ caller, input: { params, body } }) {
    await updateCustomer({ caller, input: { customerId: params.id, change: body } });
    return loadCustomer({ viewer: caller, customerId: params.id });
  },

  async addCustomerNote({ caller, input: { params, body }, key }) {
    const input = { customerId: params.id, ...body };
    const add = async () => {
      await addCustomerNote({ caller, input });
      return { isAdded: true };
    };
    await madeOnce({ caller, makes: "customer_note", key, request: input }, add);
    return loadCustomer({ viewer: caller, customerId: params.id });
  },

  async restrictCustomer({ caller, input: { params, body } }) {
    await restrictCustomer({ caller, input: { customerId: params.id, restrictions: body } });
    return loadCustomer({ viewer: caller, customerId: params.id });
  },

  previewMerge: ({ caller, input: { params } }) => previewMerge({ tenantId: caller.tenantId, keptId: params.id, goneId: params.other }),

  async mergeCustomers({ caller, input: { params } }) {
    await mergeCustomers({ caller, input: { keptId: params.id, goneId: params.other } });
    return loadCustomer({ viewer: caller, customerId: params.id });
  },

  async undoMerge({ caller, input: { params } }) {
    await undoMerge({ caller, input: { keptId: params.id, goneId: params.other } });
    return loadCustomer({ viewer: caller, customerId: params.id });
  },

  exportPerson: ({ caller, input: { params } }) => exportPerson({ caller, input: { customerId: params.id } }),

  eraseCustomer: ({ caller, input: { params, body } }) => eraseCustomer({ caller, input: { customerId: params.id, ...body } }),
};
