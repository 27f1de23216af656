import { expect, test } from "vitest";
import { crowdedFolders, emptyNames, longFiles, longFunctions, percentile95 } from "./sizes.ts";
import { codeUnder, pathsUnder, topFolders } from "./source.ts";

const rooms = topFolders.filter((room) => room !== "messages");
const shipped = rooms.filter((room) => room !== "tests");
const ofLines = (count: number, path = "src/a.ts") => ({ path, text: "let x\n".repeat(count) });

test("no file is longer than 400 lines, and 95 of 100 have at most 250", () => {
  expect(longFiles(codeUnder(...rooms))).toEqual([]);
  expect(percentile95(codeUnder(...shipped))).toEqual([]);
});

test("a file that is too long is found", () => {
  expect(longFiles([ofLines(400), ofLines(401)])).toHaveLength(1);
  expect(percentile95([...Array(18)].map(() => ofLines(10)).concat(ofLines(300), ofLines(300)))).toHaveLength(1);
  expect(percentile95([...Array(19)].map(() => ofLines(10)).concat(ofLines(300)))).toHaveLength(0);
});

test("no function is longer than 70 lines, a component 120", () => {
  expect(longFunctions(codeUnder(...shipped))).toEqual([]);
});

test("a function that is too long is found", () => {
  const body = "  work();\n";
  expect(longFunctions([{ path: "src/a.ts", text: `function f() {\n${body.repeat(68)}}` }])).toEqual([]);
  expect(longFunctions([{ path: "src/a.ts", text: `const f = () => {\n${body.repeat(69)}}` }])).toHaveLength(1);
  expect(longFunctions([{ path: "src/a.tsx", text: `function F() {\n${body.repeat(100)} return <p/>;\n}` }])).toEqual([]);
  expect(longFunctions([{ path: "src/a.tsx", text: `function F() {\n${body.repeat(120)} return <p/>;\n}` }])).toHaveLength(1);
});

test("no folder has more than 25 files", () => {
  expect(crowdedFolders(rooms.flatMap(pathsUnder))).toEqual([]);
  expect(crowdedFolders([...Array(26)].map((_, index) => `src/jobs/${index}.ts`))).toEqual(["src/jobs has 26 files"]);
});

test("no file has a name that says nothing", () => {
  expect(emptyNames(rooms.flatMap(pathsUnder))).toEqual([]);
  expect(emptyNames(["src/platform/utils.ts", "src/http/helper.test.ts", "src/domain/process-times.ts"])).toHaveLength(2);
});
