import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deviceOf } from "#domain/metrics/devices.ts";
import { funnelOf, funnelSteps, reachedSteps } from "#domain/metrics/funnel.ts";

const furthest = fc.array(fc.record({ step: fc.integer({ min: 1, max: funnelSteps.length }), visits: fc.integer({ min: 0, max: 1e6 }) }));

describe("the funnel", () => {
  test("whatever was counted, no step has more visits than the one before, and no share is above the whole", () => {
    fc.assert(
      fc.property(furthest, (given) => {
        const rows = funnelOf(given, {});
        expect(rows.map(({ step }) => step)).toEqual(funnelSteps);
        for (const [index, { visits, lost, ofAll, ofPrevious }] of rows.entries()) {
          const previous = rows[index - 1]?.visits ?? visits;
          expect(visits).toBeLessThanOrEqual(previous);
          expect(lost).toBe(previous - visits);
          for (const share of [ofAll, ofPrevious]) if (share !== null) expect(share).toBeLessThanOrEqual(1);
          for (const share of [ofAll, ofPrevious]) if (share !== null) expect(share).toBeGreaterThanOrEqual(0);
        }
        expect(rows[0]?.visits).toBe(given.reduce((sum, { visits }) => sum + visits, 0));
      }),
    );
  });

  test("who came to a step has passed all before it", () => {
    expect(
      reachedSteps([
        { step: 1, visits: 5 },
        { step: 4, visits: 3 },
        { step: 7, visits: 2 },
      ]),
    ).toEqual([10, 5, 5, 5, 2, 2, 2]);
  });

  test("tells shares, drop-offs and times, and none of nothing", () => {
    const rows = funnelOf(
      [
        { step: 1, visits: 3 },
        { step: 2, visits: 1 },
      ],
      { service: 12.5 },
    );
    expect(rows.slice(0, 4)).toEqual([
      { step: "opened", visits: 4, ofAll: 1, ofPrevious: null, lost: 0, medianSeconds: null },
      { step: "service", visits: 1, ofAll: 0.25, ofPrevious: 0.25, lost: 3, medianSeconds: 12.5 },
      { step: "slot", visits: 0, ofAll: 0, ofPrevious: 0, lost: 1, medianSeconds: null },
      { step: "details", visits: 0, ofAll: 0, ofPrevious: null, lost: 0, medianSeconds: null },
    ]);
    expect(funnelOf([], {})[0]).toMatchObject({ visits: 0, ofAll: null, ofPrevious: null });
  });
});

describe("a device", () => {
  const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";
  test.each([
    ["phone", `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome} Mobile Safari/537.36`],
    ["phone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"],
    ["tablet", "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1"],
    ["tablet", `Mozilla/5.0 (Linux; Android 14; SM-X710) ${chrome} Safari/537.36`],
    ["desktop", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`],
    ["desktop", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0"],
    [null, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
    [null, "WhatsApp/2.25 A"],
    [null, "curl/8.10"],
    [null, ""],
    [null, null],
  ] as const)("%s: %s", (device, browser) => {
    expect(deviceOf(browser)).toBe(device);
  });
});
