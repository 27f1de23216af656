import Link from "next/link";
import { useTranslations } from "next-intl";
import { paymentSearchLengthMax } from "#contracts/ledger/limits.ts";
import { type PaymentFilters, paymentRow } from "#contracts/ledger/payments-list.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { Folded } from "../../folded.tsx";

type FormProps = { filters: PaymentFilters; providers: readonly string[] };

/** A plain form: the filters stand in the address, which can be kept and passed on. */
export function PaymentFiltersForm({ filters, providers }: FormProps) {
  const t = useTranslations("ledger.payments.filters");
  const words = useTranslations("booking.chargeStatus");
  const providerName = useProviderName();
  const { search, ...chosen } = filters;
  const { from, to, provider, state } = chosen;
  return (
    <form
      action="/dashboard/money/payments"
      aria-label={t("label")}
      className="mb-6 grid items-end gap-3 rounded-2xl border border-line bg-card p-4 sm:grid-cols-2 sm:gap-4 lg:grid-cols-4"
    >
      <div className="sm:col-span-2 lg:col-span-4">
        <Field
          type="search"
          name="search"
          label={t("search")}
          placeholder={t("searchPlaceholder")}
          defaultValue={search}
          maxLength={paymentSearchLengthMax}
          autoComplete="off"
          enterKeyHint="search"
        />
      </div>
      <Folded label={t("show")} isOpenAtFirst={Object.keys(chosen).length > 0}>
        <Field type="date" name="from" label={t("from")} defaultValue={from} />
        <Field type="date" name="to" label={t("to")} defaultValue={to} />
        <Select name="provider" label={t("provider")} defaultValue={provider ?? ""}>
          <option value="">{t("all")}</option>
          {providers.map((id) => (
            <option key={id} value={id}>
              {providerName(id)}
            </option>
          ))}
        </Select>
        <Select name="state" label={t("state")} defaultValue={state ?? ""}>
          <option value="">{t("all")}</option>
          {paymentRow.shape.state.options.map((one) => (
            <option key={one} value={one}>
              {words(one)}
            </option>
          ))}
        </Select>
        <button type="submit" className={buttonStyles({ className: "sm:justify-self-start" })}>
          {t("apply")}
        </button>
      </Folded>
      {Object.keys(filters).length > 0 && (
        <Link href="/dashboard/money/payments" className={buttonStyles({ look: "quiet", className: "justify-self-start" })}>
          {t("clear")}
        </Link>
      )}
    </form>
  );
}
