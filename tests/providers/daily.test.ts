import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connectRooms, meetingUrl, roomNameOf } from "#providers/rooms/daily/daily.ts";
import { type ProviderWorld, startProviderWorld } from "./world.ts";

let world: ProviderWorld;
beforeAll(async () => {
  world = await startProviderWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.press("/reset"));

const rooms = () => connectRooms({ apiKey: "daily_test_key" });
const name = roomNameOf("0199f3a2-7c1e-7d3a-9f10-5a4b3c2d1e0f");
const minutesFromNow = (minutes: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * 60_000);
const wish = () => ({ name, notBefore: minutesFromNow(-5), expiresAt: minutesFromNow(60), lang: "es" });
const roomsNow = async () => (await world.read("/daily/state")).rooms;
const countsNow = async () => (await world.read("/daily/state")).counts[name];

test("a room is private, opens and ends on the second, and sends everybody out", async () => {
  const asked = wish();
  const { url } = await rooms().createRoom(asked);
  expect(url).toContain(name);
  const config = { nbf: asked.notBefore.getTime() / 1000, exp: asked.expiresAt.getTime() / 1000, eject_at_room_exp: true };
  expect(await roomsNow()).toMatchObject([{ name, privacy: "private", config }]);
});

test("the same room asked for twice is one room", async () => {
  const asked = wish();
  const first = await rooms().createRoom(asked);
  expect(await rooms().createRoom(asked)).toEqual(first);
  expect(await countsNow()).toMatchObject({ created: 1, updated: 0 });
});

test("a room that was made, but whose answer was lost, is found by the next try", async () => {
  await world.press("/daily/panel/knobs", { failAfterEffect: 1 });
  await expect(rooms().createRoom(wish())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  await rooms().createRoom(wish());
  expect(await countsNow()).toMatchObject({ created: 1 });
});

test("a room that exists with other times is moved", async () => {
  await rooms().createRoom(wish());
  const later = { ...wish(), expiresAt: minutesFromNow(120) };
  await rooms().createRoom(later);
  expect(await roomsNow()).toMatchObject([{ config: { exp: later.expiresAt.getTime() / 1000 } }]);
  expect(await countsNow()).toMatchObject({ created: 1, updated: 1 });
});

test("deleting a room that is gone is fine", async () => {
  await rooms().createRoom(wish());
  await rooms().deleteRoom(name);
  await rooms().deleteRoom(name);
  expect(await roomsNow()).toEqual([]);
});

test("a token opens this room only, in its time, as host or guest; its address lets the guest in", async () => {
  const asked = wish();
  const { url } = await rooms().createRoom(asked);
  const { notBefore, expiresAt } = asked;
  const token = await rooms().meetingToken({ room: name, notBefore, expiresAt, userName: "Ana", isOwner: false });
  const [made] = (await world.read("/daily/state")).tokens;
  expect(made.properties).toMatchObject({
    room_name: name,
    is_owner: false,
    user_name: "Ana",
    exp: expiresAt.getTime() / 1000,
    nbf: notBefore.getTime() / 1000,
  });
  expect(meetingUrl(url, token)).toBe(`${url}?t=${token}`);
  expect(await (await fetch(meetingUrl(url, token))).text()).toContain("Puedes entrar");
  expect(await (await fetch(url)).text()).not.toContain("Puedes entrar");
});

test("too many calls and a server in trouble may be tried again; a wrong key and a wrong name may not", async () => {
  for (const failStatus of [429, 500, 503]) {
    await world.press("/daily/panel/knobs", { failNext: 1, failStatus });
    await expect(rooms().createRoom(wish())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  }
  await expect(connectRooms({ apiKey: "other" }).createRoom(wish())).rejects.toMatchObject({ kind: "misconfigured", retriable: false });
  await expect(rooms().createRoom({ ...wish(), name: "a/../b" })).rejects.toMatchObject({ kind: "refused", retriable: false });
  expect(() => connectRooms({})).toThrow(/API key/);
});

// Last: the simulated clock cannot be turned back.
test("a room past its end that still keeps the name is replaced", async () => {
  await rooms().createRoom(wish());
  await world.press("/clock/advance", { seconds: 7200 });
  const later = { ...wish(), notBefore: minutesFromNow(180), expiresAt: minutesFromNow(240) };
  await rooms().createRoom(later);
  expect(await roomsNow()).toMatchObject([{ config: { exp: later.expiresAt.getTime() / 1000 } }]);
});
