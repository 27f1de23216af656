import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { daily } from "#providers/rooms/daily/daily.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import { type RoomStage, roomSuite, roomWish } from "./room-suite.ts";
import { type ProviderWorld, startProviderWorld } from "./world.ts";

type Shown = { name: string; privacy: string; config: { nbf: number; exp: number; eject_at_room_exp: boolean } };

const connect = (apiKey = "daily_test_key") => connectRooms({ provider: "daily", credentials: { apiKey } });
const roomsOf = async (world: ProviderWorld): Promise<Shown[]> => (await world.read("/daily/state")).rooms;

async function openStage(): Promise<RoomStage> {
  const world = await startProviderWorld();
  return {
    definition: daily,
    provider: connect(),
    withWrongKey: () => connect("other"),
    rooms: async () =>
      (await roomsOf(world)).map(({ name, privacy, config }) => ({
        name,
        isPrivate: privacy === "private",
        opensAt: new Date(config.nbf * 1000),
        endsAt: new Date(config.exp * 1000),
        sendsOut: config.eject_at_room_exp,
      })),
    timesMade: async (name) => (await world.read("/daily/state")).counts[name]?.created ?? 0,
    enter: async (url) => {
      const page = await (await fetch(url)).text();
      if (!page.includes("Puedes entrar")) return "refused";
      return page.includes("(anfitrión)") ? "host" : "guest";
    },
    disturb: (next) =>
      world.press("/daily/panel/knobs", next === "lost_answer" ? { failAfterEffect: 1 } : { failNext: 1, failStatus: next.status }),
    reset: () => world.press("/reset"),
    stop: world.stop,
  };
}

roomSuite("daily", openStage);

describe("Daily", () => {
  let world: ProviderWorld;
  beforeAll(async () => {
    world = await startProviderWorld();
  });
  afterAll(() => world.stop());
  beforeEach(() => world.press("/reset"));

  test("a token names its room, its time and its bearer, and its address carries nothing else", async () => {
    const { name, notBefore, expiresAt } = roomWish();
    const { url } = await connect().createRoom(roomWish());
    const wish = { room: name, roomUrl: `${url}?t=somebody-else&more=1`, notBefore, expiresAt, userName: "Ana", role: "guest" } as const;
    const meetingUrl = await connect().meetingUrl(wish);
    const [made] = (await world.read("/daily/state")).tokens;
    expect(made.properties).toMatchObject({
      room_name: name,
      is_owner: false,
      user_name: "Ana",
      exp: expiresAt.getTime() / 1000,
      nbf: notBefore.getTime() / 1000,
    });
    expect(meetingUrl).toBe(`${url}?t=${made.token}`);
  });

  test("a connection of a provider that is none of ours is misconfigured", () => {
    for (const provider of ["", "constructor", "__proto__", "zoom"])
      expect(() => connectRooms({ provider, credentials: { apiKey: "k" } })).toThrow(/no such provider/);
  });

  // Last: the simulated clock cannot be turned back.
  test("a room past its end that still keeps the name is replaced", async () => {
    await connect().createRoom(roomWish());
    await world.press("/clock/advance", { seconds: 7200 });
    const at = (minutes: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * 60_000);
    const later = roomWish({ notBefore: at(180), expiresAt: at(240) });
    await connect().createRoom(later);
    expect(await roomsOf(world)).toMatchObject([{ config: { exp: later.expiresAt.getTime() / 1000 } }]);
  });
});
