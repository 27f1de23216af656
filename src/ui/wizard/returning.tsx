"use client";

import { Button, buttonStyles } from "../button.tsx";

type ReturningProps = {
  returnUrl: string;
  words: Record<"label" | "text" | "stay" | "now", string>;
  onStay: () => void;
};

/**
 * Says at the top of the page that it is about to leave. Screen readers hear it once, from another
 * place: a number that is read every second helps nobody.
 */
export function Returning({ returnUrl, words, onStay }: ReturningProps) {
  return (
    <section
      aria-label={words.label}
      data-testid="returning"
      className="sticky top-2 z-10 mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-2xl border-2 border-brand-ink bg-brand-soft px-4 py-3"
    >
      <p aria-hidden>{words.text}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onStay}>{words.stay}</Button>
        <a href={returnUrl} className={buttonStyles({ look: "quiet" })}>
          {words.now}
        </a>
      </div>
    </section>
  );
}
