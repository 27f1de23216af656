import { CalendarCheck, type LucideIcon, PlugZap, Scale, ShieldCheck, Timer, VolumeX } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";

const promises = [
  ["slot", CalendarCheck],
  ["money", Scale],
  ["hold", Timer],
  ["silence", VolumeX],
  ["callback", PlugZap],
] as const satisfies readonly (readonly [string, LucideIcon])[];

export default function LandingPage() {
  const t = useTranslations("landing");
  return (
    <Frame brand={<KonfirmadoBrand />} aside={<SignIn />}>
      <div className="max-w-2xl pt-4 pb-10 sm:pt-10 sm:pb-16">
        <h1 className="font-bold text-4xl sm:text-5xl">{t("title")}</h1>
        <p className="mt-5 text-lg text-muted sm:text-xl">{t("lead")}</p>
        <div className="mt-8 flex flex-col gap-3 sm:flex-row">
          <a href="/register" className={buttonStyles()}>
            {t("register")}
          </a>
          <a href="/book/demo" className={buttonStyles({ look: "outline" })}>
            {t("tryDemo")}
          </a>
          <a href="/api/docs" className={buttonStyles({ look: "outline" })}>
            {t("readApi")}
          </a>
        </div>
      </div>

      <h2 className="font-semibold text-2xl">{t("promisesTitle")}</h2>
      <p className="mt-2 max-w-2xl text-muted">{t("promisesLead")}</p>
      <ul className="mt-6 grid gap-4 sm:grid-cols-2">
        {promises.map(([promise, Icon]) => (
          <li key={promise} className="rounded-2xl border border-line bg-card p-6 last:sm:col-span-2">
            <Icon aria-hidden className="mb-3 size-7 text-brand-ink" />
            <h3 className="font-semibold text-lg">{t(`promises.${promise}.title`)}</h3>
            <p className="mt-1 text-muted">{t(`promises.${promise}.text`)}</p>
          </li>
        ))}
      </ul>

      <section className="mt-12 flex gap-4 rounded-2xl bg-brand-soft p-6 sm:p-8">
        <ShieldCheck aria-hidden className="mt-1 hidden size-8 shrink-0 text-brand-ink sm:block" />
        <div>
          <h2 className="font-semibold text-xl">{t("openTitle")}</h2>
          <p className="mt-2 text-ink">{t("openText")}</p>
        </div>
      </section>
    </Frame>
  );
}

function SignIn() {
  const t = useTranslations("landing");
  return (
    <a href="/login" className={buttonStyles({ look: "quiet" })}>
      {t("signIn")}
    </a>
  );
}
