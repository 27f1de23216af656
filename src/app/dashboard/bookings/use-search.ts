"use client";

import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from "react";

const pauseMs = 300;

type SearchProps = {
  filters: { search?: string | undefined };
  change: (changes: { search: string }, options: { isSameStep: boolean }) => void;
};

/** Searches when the typing pauses. `/` leads to the field from anywhere on the page. */
export function useSearch({ filters: { search = "" }, change }: SearchProps) {
  const [text, setText] = useState(search);
  const asked = useRef(search);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, or a link, has changed the address; what was typed follows it.
  useEffect(() => {
    if (search === asked.current) return;
    asked.current = search;
    setText(search);
  }, [search]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest("input, select, textarea, [contenteditable]");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      document.getElementById("search")?.focus();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  useEffect(() => () => clearTimeout(pause.current), []);

  function ask(typed: string) {
    clearTimeout(pause.current);
    const wanted = typed.trim();
    if (wanted === asked.current) return;
    const isSameStep = asked.current !== "" && wanted !== "";
    asked.current = wanted;
    change({ search: wanted }, { isSameStep });
  }

  return {
    field: {
      value: text,
      onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => {
        setText(value);
        clearTimeout(pause.current);
        pause.current = setTimeout(() => ask(value), pauseMs);
      },
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      ask(text);
    },
  };
}
