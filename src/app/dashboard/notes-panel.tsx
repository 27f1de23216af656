"use client";

import { type FormEvent, useRef } from "react";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import { Panel } from "./bookings/[id]/panel.tsx";

type Note = { id: string; text: string; at: string; actor: { name: string | null } };
type NotesPanelProps = {
  words: Record<"title" | "hint" | "empty" | "field" | "add" | "added", string>;
  notes: readonly Note[];
  locale: string;
  timezone: string;
  mayAdd: boolean;
  /** With the header that lets a note be sent twice and kept once. */
  send(text: string, headers: { "idempotency-key": string }): Promise<unknown>;
};

/** For the team alone, about a booking or a customer. */
export function NotesPanel({ words, notes, locale, timezone, mayAdd, send }: NotesPanelProps) {
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("note") ?? "").trim();
    if (text === "") return form.querySelector("textarea")?.focus();
    void saving.save(
      () => send(text, { "idempotency-key": key.current }),
      () => {
        key.current = newIdempotencyKey();
        form.reset();
        toast(words.added);
      },
    );
  }

  return (
    <Panel id="notes" title={words.title} hint={words.hint}>
      {notes.length === 0 && <p className="text-muted">{words.empty}</p>}
      <ul className="space-y-3 empty:hidden">
        {notes.map((note) => (
          <li key={note.id} data-testid="note" className="rounded-xl bg-paper p-4">
            <p className="whitespace-pre-wrap break-words">{note.text}</p>
            <p className="mt-1 text-muted text-sm">
              <bdi>{note.actor.name ?? "—"}</bdi> · {formatShort({ instant: note.at, locale, timezone })}
            </p>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <form noValidate onSubmit={add} className="space-y-3">
          <TextArea name="note" label={words.field} rows={3} maxLength={noteLengthMax} />
          <SaveBar saving={saving} label={words.add} />
        </form>
      )}
    </Panel>
  );
}
