import { expect, test } from "vitest";
import { circlesOfFiles, circlesOfFolders } from "./circles.ts";
import { codeUnder } from "./source.ts";

test("no files import each other in a circle", () => {
  expect(circlesOfFiles(codeUnder("src", "db", "simulators", "bench"))).toEqual([]);
});

test.each(["src/commands", "src/providers"])("no folders of %s import each other in a circle", (room) => {
  expect(circlesOfFolders(codeUnder("src"), room)).toEqual([]);
});

test("a circle of three files is found once, and one of two folders", () => {
  const file = (path: string, target: string) => ({ path, text: `import type { x } from "#commands/${target}";` });
  const circle = [
    file("src/commands/a/one.ts", "b/two.ts"),
    file("src/commands/b/two.ts", "a/three.ts"),
    file("src/commands/a/three.ts", "a/one.ts"),
  ];
  expect(circlesOfFiles(circle)).toEqual(["src/commands/a/one.ts → src/commands/b/two.ts → src/commands/a/three.ts"]);
  expect(circlesOfFolders(circle, "src/commands")).toEqual(["src/commands/a → src/commands/b"]);
  expect(circlesOfFiles(circle.slice(0, 2))).toEqual([]);
});
