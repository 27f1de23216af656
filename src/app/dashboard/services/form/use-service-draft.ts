"use client";

import { useCallback, useState } from "react";
import type { Service } from "#contracts/services.ts";
import { ApiProblem } from "#ui/api.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useFocusOnWrong, useKeyForBody, useLeaveWarning } from "#ui/dashboard/form/guards.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { bodyOf, changesOf, type Draft, draftOf, type ServiceValues, type Setter } from "./draft.ts";
import { type Merged, mergeDrafts } from "./merge.ts";

type Given = { saved: { id: string; version: number } | null; values: ServiceValues; locale: string; after: () => void };

/** What is typed, what was last known to be saved, and the way from the one to the other. */
export function useServiceDraft({ saved, values, locale, after }: Given) {
  const [base, setBase] = useState(() => ({ draft: draftOf(values, locale), version: saved?.version ?? 0 }));
  const [draft, setDraft] = useState<Draft>(base.draft);
  const [conflict, setConflict] = useState<Merged | null>(null);
  const saving = useSaving();
  const { currency } = values;
  const set: Setter = useCallback((key, value) => setDraft((before) => ({ ...before, [key]: value })), []);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(base.draft);
  useLeaveWarning(isChanged && !saving.isSaving);
  useFocusOnWrong(saving.wrong);
  const keyFor = useKeyForBody();

  async function create() {
    const body = bodyOf(draft, currency);
    const json = {
      ...body,
      currency,
      name: draft.name,
      durationMinutes: Number(body.durationMinutes),
      priceMinor: Number(body.priceMinor),
    };
    const header = { "idempotency-key": keyFor(JSON.stringify(json)) };
    return answerOf(api.services.$post({ json: { ...json, description: draft.description }, header }));
  }

  async function update(id: string) {
    const changes = changesOf(bodyOf(base.draft, currency), bodyOf(draft, currency));
    try {
      return await answerOf(api.services[":id"].$patch({ param: { id }, json: { version: base.version, ...changes } }));
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") await takeTheirs(id);
      throw error;
    }
  }

  async function takeTheirs(id: string) {
    const theirs = await answerOf(api.services[":id"].$get({ param: { id } }));
    const merged = mergeDrafts({ base: base.draft, mine: draft, theirs: draftOf(theirs, locale) });
    setBase({ draft: draftOf(theirs, locale), version: theirs.version });
    setDraft(merged.draft);
    setConflict(merged);
  }

  function keep(service: Service) {
    const now = draftOf(service, locale);
    setBase({ draft: now, version: service.version });
    setDraft(now);
    after();
  }

  const save = () => {
    setConflict(null);
    return saving.save<Service>(() => (saved ? update(saved.id) : create()), keep);
  };
  return { draft, set, saving, conflict, isChanged, save };
}
