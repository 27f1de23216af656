import { askPayment } from "#commands/inquiries/ask-payment.ts";
import { startInquiry } from "#commands/inquiries/start-inquiry.ts";
import type { inquiryOperations } from "#contracts/operations/ledger/inquiries.ts";
import type { HandlersOf } from "#http/route.ts";
import { listInquiries, loadInquiry } from "#queries/ledger/inquiries.ts";

export const inquiryHandlers: HandlersOf<typeof inquiryOperations> = {
  askPayment: ({ caller, input: { body } }) => askPayment({ caller, input: { tenantId: caller.tenantId, id: body.id } }),

  async startPaymentInquiry({ caller, input: { body } }) {
    const { tenantId } = caller;
    const { id } = await startInquiry({ caller, input: { tenantId, ...body } });
    return loadInquiry({ tenantId, id });
  },

  listPaymentInquiries: async ({ caller }) => ({ inquiries: await listInquiries(caller.tenantId) }),

  getPaymentInquiry: ({ caller: { tenantId }, input: { params } }) => loadInquiry({ tenantId, id: params.id }),
};
