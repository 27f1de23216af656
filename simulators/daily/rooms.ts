import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { type DailyKnobs, defaultDailyKnobs } from "./knobs.ts";

export type Room = {
  id: string;
  name: string;
  privacy: "public" | "private";
  createdAt: string;
  properties: Record<string, unknown>;
};

/** Counts requests and effects per room name. */
export type RoomCounts = { asked: number; created: number; updated: number; deleted: number };

export type DailyWorld = {
  clock: Clock;
  apiKey: string;
  domain: string;
  /** The address of a room's page without the name. Known once the port is. */
  roomsUrl: string;
  rooms: Map<string, Room>;
  counts: Map<string, RoomCounts>;
  tokens: { token: string; createdAt: string; properties: Record<string, unknown> }[];
  knobs: DailyKnobs;
  recentCallsMs: number[];
};

const roomsMax = 20_000;

export function createDailyWorld(clock: Clock, account: { apiKey: string; domain: string }): DailyWorld {
  return {
    clock,
    ...account,
    roomsUrl: "",
    rooms: new Map(),
    counts: new Map(),
    tokens: [],
    knobs: { ...defaultDailyKnobs },
    recentCallsMs: [],
  };
}

export function resetDaily(world: DailyWorld): void {
  world.rooms.clear();
  world.counts.clear();
  world.tokens.length = 0;
  world.knobs = { ...defaultDailyKnobs };
  world.recentCallsMs = [];
}

export function countsOf(world: DailyWorld, name: string): RoomCounts {
  const counts = world.counts.get(name) ?? { asked: 0, created: 0, updated: 0, deleted: 0 };
  world.counts.set(name, counts);
  return counts;
}

export type RoomWish = { name?: string; privacy?: "public" | "private"; properties?: Record<string, unknown> };

/** Returns null when the name is taken. An expired room keeps its name, as at the real service. */
export function createRoom(world: DailyWorld, wish: RoomWish): Room | null {
  const name = wish.name ?? randomUUID().replaceAll("-", "").slice(0, 20);
  countsOf(world, name).asked += 1;
  if (world.rooms.has(name)) return null;
  const room: Room = {
    id: randomUUID(),
    name,
    privacy: wish.privacy ?? "public",
    createdAt: new Date(world.clock.now()).toISOString(),
    properties: wish.properties ?? {},
  };
  world.rooms.set(name, room);
  countsOf(world, name).created += 1;
  if (world.rooms.size > roomsMax) world.rooms.delete(world.rooms.keys().next().value ?? "");
  return room;
}

export const isExpired = (world: DailyWorld, room: Room): boolean =>
  typeof room.properties.exp === "number" && room.properties.exp * 1000 <= world.clock.now();

const defaults: Record<string, unknown> = { max_participants: 200, enable_chat: false, enable_prejoin_ui: true, lang: "en", geo: null };

/** Shapes a room as the API does. `config` has only what differs from the defaults. */
export function roomShape(world: DailyWorld, room: Room) {
  const config = Object.fromEntries(Object.entries(room.properties).filter(([name, value]) => value !== defaults[name]));
  const url = world.roomsUrl + room.name;
  return { id: room.id, name: room.name, api_created: true, privacy: room.privacy, url, created_at: room.createdAt, config };
}
