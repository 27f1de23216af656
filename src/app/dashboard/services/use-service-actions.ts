"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Service } from "#contracts/services.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useErrorText } from "#ui/use-error-text.ts";

export type ServiceActions = {
  order: (ids: string[]) => Promise<void>;
  archive: (service: Service) => Promise<void>;
  restore: (service: Service) => Promise<void>;
  setActive: (service: Service, active: boolean) => Promise<void>;
};

/** What is done shows at once. If the server refuses it, the list is what it was and says why. */
export function useServiceActions(services: readonly Service[]) {
  const t = useTranslations("services.list");
  const [shown, setShown] = useState<readonly Service[]>(services);
  const [problem, setProblem] = useState<string | null>(null);
  const errorText = useErrorText();
  const router = useRouter();
  const toast = useToast();
  // What the server says while something is under way may be older than what is shown.
  const underWay = useRef(0);
  useEffect(() => {
    if (underWay.current === 0) setShown(services);
  }, [services]);

  async function act(
    change: (before: readonly Service[]) => readonly Service[],
    work: () => Promise<unknown>,
    words?: string,
  ): Promise<boolean> {
    const before = shown;
    setProblem(null);
    setShown(change);
    underWay.current += 1;
    try {
      await work();
      return true;
    } catch (error) {
      setShown(before);
      setProblem([words, errorText(error)].filter(Boolean).join(" "));
      return false;
    } finally {
      underWay.current -= 1;
      if (underWay.current === 0) router.refresh();
    }
  }
  const withChange = (id: string, more: Partial<Service>) => (before: readonly Service[]) =>
    before.map((service) => (service.id === id ? { ...service, ...more } : service));
  const of = ({ id }: Service) => api.services[":id"].restore.$post({ param: { id } });
  const sendOrder = useLatestOrder();

  const actions: ServiceActions = {
    async order(ids) {
      const sorted = (before: readonly Service[]) => before.toSorted((a, b) => placeIn(ids, a) - placeIn(ids, b));
      await act(sorted, () => sendOrder(ids), t("orderFailed"));
    },
    async archive(service) {
      const { id, name } = service;
      const archivedAt = service.updatedAt;
      const isDone = await act(withChange(id, { archivedAt }), () => answerOf(api.services[":id"].$delete({ param: { id } })));
      if (isDone) toast(t("archived", { name }), () => answerOf(of(service)).then(() => router.refresh()));
    },
    async restore(service) {
      if (await act(withChange(service.id, { archivedAt: null }), () => answerOf(of(service))))
        toast(t("restored", { name: service.name }));
    },
    async setActive(service, active) {
      const { id, version } = service;
      await act(withChange(id, { active }), async () => {
        const now = await answerOf(api.services[":id"].$patch({ param: { id }, json: { version, active } }));
        setShown(withChange(id, now));
      });
    },
  };
  return { shown, problem, actions };
}

const placeIn = (ids: readonly string[], { id }: Service): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);

/** One request at a time, so that quick moves end in the last order. */
function useLatestOrder(): (ids: string[]) => Promise<unknown> {
  const running = useRef<Promise<unknown>>(Promise.resolve());
  return (ids) => {
    const next = running.current.catch(() => {}).then(() => answerOf(api.services.order.$put({ json: { ids } })));
    running.current = next;
    return next;
  };
}
