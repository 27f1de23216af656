import { z } from "zod";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { failureOfReply, type ServiceReply } from "#platform/outbound.ts";
import { credential } from "#providers/credentials.ts";
import { ask, type JsonApi, read } from "#providers/json-api.ts";
import type { MeetingWish, RoomProvider, RoomProviderDefinition, RoomWish } from "../definition.ts";

/** One key per domain: https://docs.daily.co/reference/rest-api#authentication */
const credentialShape = z.object({
  apiKey: credential(/^\S+$/, { isSecret: true, prefixes: null, provenBy: "test" }),
});

export const daily: RoomProviderDefinition = {
  id: "daily",
  credentialShape,
  addresses: { apiUrl: "https://api.daily.co/v1" },
  addressVariables: { apiUrl: "DAILY_API_URL" },
  create: (credentials, { apiUrl }) => connect({ provider: "daily", apiUrl, key: readApiKey(credentials) }),
};

function readApiKey(given: unknown): string {
  const parsed = credentialShape.safeParse(given);
  if (!parsed.success) throw failure("misconfigured", "the API key is missing");
  return parsed.data.apiKey;
}

function connect(api: JsonApi): RoomProvider {
  return {
    createRoom: (wish) => createRoom(api, wish),
    deleteRoom: (name) => deleteRoom(api, name),
    meetingUrl: (wish) => meetingUrl(api, wish),
  };
}

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

/** https://docs.daily.co/reference/rest-api/rooms/create-room : the name is the idempotency key. */
async function createRoom(api: JsonApi, wish: RoomWish): Promise<{ url: string }> {
  const name = knownName(wish.name);
  const created = await ask(api, "POST", "/rooms", { name, ...propertiesOf(wish) });
  if (created.status === 200) return { url: readRoom(created, name).url };
  if (!isTaken(created)) throw failureOfReply({ provider: "daily", reply: created, asked: "creating the room" });
  const found = await ask(api, "GET", `/rooms/${name}`);
  if (found.status === 404) return replaceExpiredRoom(api, wish);
  if (found.status !== 200) throw failureOfReply({ provider: "daily", reply: found, asked: "reading the room" });
  const room = readRoom(found, name);
  if (isAsWished(room, wish)) return { url: room.url };
  const updated = await ask(api, "POST", `/rooms/${name}`, propertiesOf(wish));
  if (updated.status !== 200) throw failureOfReply({ provider: "daily", reply: updated, asked: "changing the room" });
  return { url: readRoom(updated, name).url };
}

/** An expired room is not shown, but keeps its name until it is collected or deleted. */
async function replaceExpiredRoom(api: JsonApi, wish: RoomWish): Promise<{ url: string }> {
  await deleteRoom(api, wish.name);
  const created = await ask(api, "POST", "/rooms", { name: wish.name, ...propertiesOf(wish) });
  if (created.status === 200) return { url: readRoom(created, wish.name).url };
  // Somebody else made it in between. The next try finds it.
  if (isTaken(created)) throw failure("unexpected_reply", "the room's name is taken, but the room is not shown");
  throw failureOfReply({ provider: "daily", reply: created, asked: "creating the room" });
}

async function deleteRoom(api: JsonApi, name: string): Promise<void> {
  const reply = await ask(api, "DELETE", `/rooms/${knownName(name)}`);
  if (reply.status !== 200 && reply.status !== 404) throw failureOfReply({ provider: "daily", reply, asked: "deleting the room" });
}

/** A private room needs a token, and the address carries it. */
async function meetingUrl(api: JsonApi, wish: MeetingWish): Promise<string> {
  const url = new URL(wish.roomUrl);
  url.search = "";
  url.searchParams.set("t", await meetingToken(api, wish));
  return url.href;
}

/** Names the room, or the token would open every room. It cannot be revoked, but it ends. */
async function meetingToken(api: JsonApi, wish: MeetingWish): Promise<string> {
  const properties = {
    room_name: knownName(wish.room),
    nbf: unixSeconds(wish.notBefore),
    exp: unixSeconds(wish.expiresAt),
    user_name: wish.userName.slice(0, 100),
    is_owner: wish.role === "host",
    eject_at_token_exp: true,
  };
  const reply = await ask(api, "POST", "/meeting-tokens", { properties });
  if (reply.status !== 200) throw failureOfReply({ provider: "daily", reply, asked: "creating the token" });
  return read("daily", z.object({ token: z.string().min(1) }), reply).token;
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

/** Illegal characters give the same status and code, so only the text tells. */
function isTaken(reply: ServiceReply): boolean {
  return reply.status === 400 && reply.text.includes("already exists");
}

function readRoom(reply: ServiceReply, name: string): Room {
  const room = read("daily", roomShape, reply);
  if (room.name !== name) throw failure("unexpected_reply", "the reply is about another room");
  return room;
}

function knownName(name: string): string {
  if (!nameShape.safeParse(name).success) throw failure("refused", "the room's name has illegal characters");
  return name;
}

const failure = (kind: ProviderFailure["kind"], message: string) => new ProviderFailure({ provider: "daily", kind, message });
