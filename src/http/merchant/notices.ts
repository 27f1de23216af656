import { chooseMails } from "#commands/notices/choose-mails.ts";
import { readNotices } from "#commands/notices/read-notices.ts";
import { unsubscribe } from "#commands/notices/unsubscribe.ts";
import type { noticeOperations } from "#contracts/operations/notices.ts";
import { loadNoticeMails } from "#queries/notices/notice-mails.ts";
import { loadNoticeState, loadNotices } from "#queries/notices/notices.ts";
import { originOf } from "../merchant-callers.ts";
import type { HandlersOf } from "../route.ts";
import { waitForNotices } from "../streams/notice-waits.ts";

export const noticeHandlers: HandlersOf<typeof noticeOperations> = {
  listNotices: ({ caller }) => loadNotices(caller),

  waitForNotices: ({ caller, input: { query }, c }) => waitForNotices(c, caller, query.known),

  async readNotices({ caller, input: { body } }) {
    await readNotices({ caller, input: body });
    return loadNoticeState(caller);
  },

  getNoticeMails: ({ caller }) => loadNoticeMails(caller),

  async chooseNoticeMails({ caller, input: { body } }) {
    await chooseMails({ caller, input: body });
    return loadNoticeMails(caller);
  },

  openUnsubscribe: async ({ input: { params } }) => `/notice-mails/${params.token}`,

  async unsubscribe({ input: { params }, c }) {
    await unsubscribe({ input: { token: params.token, isWanted: false, origin: originOf(c) } });
    return undefined;
  },

  async subscribeAgain({ input: { params }, c }) {
    await unsubscribe({ input: { token: params.token, isWanted: true, origin: originOf(c) } });
    return undefined;
  },
};
