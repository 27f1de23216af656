import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crashPoints } from "#platform/crash-points.ts";
import { groups } from "./groups.ts";

const src = join(import.meta.dirname, "../../src");

test("each named crash point stands at exactly one place in the code, and no other place claims to be one", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const found = files.flatMap((name) =>
    [...readFileSync(join(src, name), "utf8").matchAll(/\bcrashPoint\("([^"]+)"\)/g)].map(([, point]) => point),
  );
  expect(found.toSorted()).toEqual(crashPoints.toSorted());
});

test("each named crash point belongs to one group, and each group has its file of tests", () => {
  const grouped = Object.values(groups).flatMap((points) => Object.keys(points).filter((point) => !/ #\d$/.test(point)));
  expect(grouped.toSorted()).toEqual(crashPoints.toSorted());
  const files = readdirSync(import.meta.dirname).map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));
  const played = files.flatMap((text) => [...text.matchAll(/^crashAtEachPointOf\("([^"]+)"\);$/gm)].map(([, group]) => group));
  expect(played.toSorted()).toEqual(Object.keys(groups).toSorted());
});
