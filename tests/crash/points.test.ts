import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crashPoints } from "#platform/crash-points.ts";

const src = join(import.meta.dirname, "../../src");

test("each named crash point stands at exactly one place in the code, and no other place claims to be one", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const found = files.flatMap((name) =>
    [...readFileSync(join(src, name), "utf8").matchAll(/\bcrashPoint\("([^"]+)"\)/g)].map(([, point]) => point),
  );
  expect(found.toSorted()).toEqual(crashPoints.toSorted());
});
