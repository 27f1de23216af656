import { expect, type Page } from "@playwright/test";

const tabsMax = 120;

/** What a keyboard customer sees of the focus: an outline on the element or on the label around it, in view and not covered. */
export async function focusProblem(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return null;
    const shown = focused.closest("label") ?? focused;
    const name = `${focused.tagName} ${focused.dataset["testid"] ?? focused.textContent?.slice(0, 30)}`;
    const hasOutline = [focused, shown].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    });
    if (!hasOutline) return `${name}: no visible focus`;
    const { left, top, width, height } = shown.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    const isCovered = !seen || !(shown.contains(seen) || seen.contains(shown));
    return isCovered ? `${name}: covered or out of view` : null;
  });
}

/** Presses Tab until the element has the focus, and looks at each stop on the way. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await page.keyboard.press("Tab");
    expect(await focusProblem(page)).toBeNull();
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`${tabsMax} tabs did not lead to ${selector}`);
}
