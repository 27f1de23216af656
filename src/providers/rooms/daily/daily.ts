import { z } from "zod";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { env } from "#platform/env.ts";
import { callService, failureOfReply, type ServiceCall, type ServiceReply } from "#platform/outbound.ts";

export type RoomWish = { name: string; notBefore: Date; expiresAt: Date; lang: string };
export type MeetingTokenWish = { room: string; notBefore: Date; expiresAt: Date; userName: string; isOwner: boolean };

/** Errors: ProviderFailure. Each call may be repeated without harm. */
export type RoomProvider = {
  /** A private room, open from `notBefore`; everybody is sent out at `expiresAt`. */
  createRoom(wish: RoomWish): Promise<{ url: string }>;
  deleteRoom(name: string): Promise<void>;
  meetingToken(wish: MeetingTokenWish): Promise<string>;
};

export const roomCredentialShape = z.object({ apiKey: z.string().trim().min(1).max(200) });

export function connectRooms(credentials: unknown): RoomProvider {
  const parsed = roomCredentialShape.safeParse(credentials);
  if (!parsed.success) throw failure("misconfigured", "the API key is missing");
  return dailyRooms({ apiKey: parsed.data.apiKey, baseUrl: env().DAILY_API_URL });
}

export function dailyRooms(account: { apiKey: string; baseUrl: string }): RoomProvider {
  return {
    createRoom: (wish) => createRoom(account, wish),
    deleteRoom: (name) => deleteRoom(account, name),
    meetingToken: (wish) => meetingToken(account, wish),
  };
}

/** The same for the same booking, so that a second try finds the first one's room. Domain and name together may have 41 characters. */
export function roomNameOf(bookingId: string): string {
  return `bk-${BigInt(`0x${bookingId.replaceAll("-", "")}`).toString(36)}`;
}

/** What the guest opens: a private room lets nobody in without a token. */
export function meetingUrl(roomUrl: string, token: string): string {
  const url = new URL(roomUrl);
  url.searchParams.set("t", token);
  return url.href;
}

type Account = { apiKey: string; baseUrl: string };

const nameShape = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const roomShape = z.object({
  name: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  privacy: z.string(),
  config: z.looseObject({
    nbf: z.number().optional(),
    exp: z.number().optional(),
    eject_at_room_exp: z.boolean().optional(),
    lang: z.string().optional(),
  }),
});
type Room = z.output<typeof roomShape>;

/** https://docs.daily.co/reference/rest-api/rooms/create-room : there is no idempotency key, the name is one. */
async function createRoom(account: Account, wish: RoomWish): Promise<{ url: string }> {
  const name = knownName(wish.name);
  const created = await post(account, "/rooms", { name, ...propertiesOf(wish) });
  if (created.status === 200) return { url: readRoom(created, name).url };
  if (!isTaken(created)) throw failureOfReply({ provider: "daily", reply: created, asked: "the new room" });
  const found = await ask(account, "GET", `/rooms/${name}`);
  if (found.status === 404) return replaceExpiredRoom(account, wish);
  if (found.status !== 200) throw failureOfReply({ provider: "daily", reply: found, asked: "the look at the room" });
  const room = readRoom(found, name);
  if (isAsWished(room, wish)) return { url: room.url };
  const updated = await post(account, `/rooms/${name}`, propertiesOf(wish));
  if (updated.status !== 200) throw failureOfReply({ provider: "daily", reply: updated, asked: "the change of the room" });
  return { url: readRoom(updated, name).url };
}

/** A room past its end is not shown any more, but keeps its name until it is collected or deleted. */
async function replaceExpiredRoom(account: Account, wish: RoomWish): Promise<{ url: string }> {
  await deleteRoom(account, wish.name);
  const created = await post(account, "/rooms", { name: wish.name, ...propertiesOf(wish) });
  if (created.status === 200) return { url: readRoom(created, wish.name).url };
  // Somebody else made it in between: the next try finds it.
  if (isTaken(created)) throw failure("unexpected_reply", "the room's name is taken, but the room is not shown");
  throw failureOfReply({ provider: "daily", reply: created, asked: "the new room" });
}

async function deleteRoom(account: Account, name: string): Promise<void> {
  const reply = await ask(account, "DELETE", `/rooms/${knownName(name)}`);
  if (reply.status !== 200 && reply.status !== 404) throw failureOfReply({ provider: "daily", reply, asked: "the end of the room" });
}

/** Always with the room's name: without it the token opens every room of the account. A token cannot be taken back, so it ends with the room. */
async function meetingToken(account: Account, wish: MeetingTokenWish): Promise<string> {
  const properties = {
    room_name: knownName(wish.room),
    nbf: unixSeconds(wish.notBefore),
    exp: unixSeconds(wish.expiresAt),
    user_name: wish.userName.slice(0, 100),
    is_owner: wish.isOwner,
    eject_at_token_exp: true,
  };
  const reply = await post(account, "/meeting-tokens", { properties });
  if (reply.status !== 200) throw failureOfReply({ provider: "daily", reply, asked: "the token" });
  return read(z.object({ token: z.string().min(1) }), reply).token;
}

/** Daily counts in seconds, not milliseconds. */
const unixSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

function propertiesOf(wish: RoomWish) {
  const times = { nbf: unixSeconds(wish.notBefore), exp: unixSeconds(wish.expiresAt) };
  return { privacy: "private", properties: { ...times, eject_at_room_exp: true, enable_prejoin_ui: true, lang: wish.lang } };
}

function isAsWished(room: Room, wish: RoomWish): boolean {
  const { nbf, exp, eject_at_room_exp: ejects } = room.config;
  return room.privacy === "private" && ejects === true && nbf === unixSeconds(wish.notBefore) && exp === unixSeconds(wish.expiresAt);
}

/** Illegal characters have the same status and code: only the text tells. */
function isTaken(reply: ServiceReply): boolean {
  return reply.status === 400 && reply.text.includes("already exists");
}

function readRoom(reply: ServiceReply, name: string): Room {
  const room = read(roomShape, reply);
  if (room.name !== name) throw failure("unexpected_reply", "another room was shown");
  return room;
}

function knownName(name: string): string {
  if (!nameShape.safeParse(name).success) throw failure("refused", "the room's name has illegal characters");
  return name;
}

function post(account: Account, path: string, body: object): Promise<ServiceReply> {
  return ask(account, "POST", path, JSON.stringify(body));
}

function ask({ apiKey, baseUrl }: Account, method: ServiceCall["method"], path: string, body?: string): Promise<ServiceReply> {
  const headers = { authorization: `Bearer ${apiKey}`, ...(body !== undefined && { "content-type": "application/json" }) };
  return callService({ provider: "daily", method, url: baseUrl.replace(/\/+$/, "") + path, headers, ...(body !== undefined && { body }) });
}

function read<S extends z.ZodType>(shape: S, reply: ServiceReply): z.output<S> {
  const parsed = shape.safeParse(reply.json());
  if (parsed.success) return parsed.data;
  throw failure("unexpected_reply", "the reply is not as documented");
}

const failure = (kind: ProviderFailure["kind"], message: string) => new ProviderFailure({ provider: "daily", kind, message });
