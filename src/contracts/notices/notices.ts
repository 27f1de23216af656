import { z } from "zod";
import { arisenKinds, noticeKinds, noticeMailKinds } from "#domain/desk/notices.ts";
import { noticesMax, unreadMax } from "./limits.ts";

const number = z.int().min(1);

export const notice = z.object({
  /** Counted for each merchant. A later notice has a higher one. */
  number,
  kind: z.enum(noticeKinds),
  at: z.iso.datetime(),
  /** What a person did themselves counts as read by them. */
  isRead: z.boolean(),
  /** As it stands now. */
  booking: z
    .object({ id: z.uuid(), customerName: z.string(), serviceName: z.string(), professionalName: z.string(), start: z.iso.datetime() })
    .nullable(),
  /** `number` is null if the money bought nothing. */
  order: z.object({ id: z.uuid(), number: z.int().min(1).nullable(), customerName: z.string() }).nullable(),
  /** Of which little is left. */
  product: z.object({ id: z.uuid(), title: z.string(), left: z.int().min(0) }).nullable(),
  money: z.object({ amountMinor: z.int().min(0), currency: z.string() }).nullable(),
  /** Of `attention.arose`: what waits. */
  arisen: z.enum(arisenKinds).nullable(),
});
export type Notice = z.infer<typeof notice>;

export const noticeState = z.object({
  /** At most 100 are counted. */
  unread: z.int().min(0).max(unreadMax),
  /** The numbers of unread notices of new bookings. */
  newBookings: z.array(number).max(unreadMax),
  /** The number of the newest notice, or 0. */
  latest: z.int().min(0),
  /** Differs from another state's if they differ. `ended`: signed out meanwhile, so ask no more. */
  revision: z.string(),
});
export type NoticeState = z.infer<typeof noticeState>;

export const notices = noticeState.extend({ notices: z.array(notice).max(noticesMax), timezone: z.string(), country: z.string() });
export type Notices = z.infer<typeof notices>;

export const noticeWait = z.object({ known: z.string().max(60).optional() });

/** Single ones by `numbers`; all up to one by `through`. */
export const readNotices = z.union([
  z.strictObject({ through: number }),
  z.strictObject({ numbers: z.array(number).min(1).max(noticesMax) }),
]);
export type ReadNotices = z.infer<typeof readNotices>;

const hour = z.int().min(0).max(23);
export const noticeMails = z.object({
  /** To where they go. */
  email: z.string(),
  /** What this person's role may choose. */
  offered: z.array(z.enum(noticeMailKinds)),
  chosen: z.array(z.enum(noticeMailKinds)),
  /** Of the summary, in the merchant's zone. */
  summaryHour: hour,
  timezone: z.string(),
});
export type NoticeMails = z.infer<typeof noticeMails>;

export const noticeMailsChoice = z.strictObject({
  chosen: z.array(z.enum(noticeMailKinds)).max(noticeMailKinds.length),
  summaryHour: hour,
});
export type NoticeMailsChoice = z.infer<typeof noticeMailsChoice>;
