import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { questionKinds } from "#contracts/answers.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Select, TextArea } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import type { QuestionDraft } from "./draft.ts";
import { type FormParts, FormSection } from "./section.tsx";

const questionsMax = 20;

export function QuestionsSection({ draft, set, problem }: FormParts) {
  const t = useTranslations("services.form.questions");
  const { questions } = draft;
  const change = (key: string, more: Partial<QuestionDraft>) =>
    set(
      "questions",
      questions.map((question) => (question.key === key ? { ...question, ...more } : question)),
    );
  const move = (index: number, by: 1 | -1) => {
    const next = [...questions];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    set("questions", next);
  };
  const add = () =>
    set("questions", [
      ...questions,
      { key: newIdempotencyKey(), kind: "text", label: "", options: "", isRequired: false, isPersonal: false },
    ]);
  return (
    <FormSection id="questions" title={t("title")} lead={t("lead")}>
      <ol className="space-y-4">
        {questions.map((question, index) => (
          <li key={question.key} className="space-y-4 rounded-xl border border-line p-4">
            <div className="flex items-center justify-between gap-2">
              <h3 className="font-medium">{t("number", { number: index + 1 })}</h3>
              <div className="flex gap-1">
                <Button look="outline" aria-label={t("up", { number: index + 1 })} disabled={index === 0} onClick={() => move(index, -1)}>
                  <ArrowUp aria-hidden className="size-4" />
                </Button>
                <Button
                  look="outline"
                  aria-label={t("down", { number: index + 1 })}
                  disabled={index === questions.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <ArrowDown aria-hidden className="size-4" />
                </Button>
                <Button
                  look="outline"
                  aria-label={t("remove", { number: index + 1 })}
                  onClick={() =>
                    set(
                      "questions",
                      questions.filter(({ key }) => key !== question.key),
                    )
                  }
                >
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              </div>
            </div>
            <QuestionFields question={question} place={index} change={(more) => change(question.key, more)} problem={problem} />
          </li>
        ))}
      </ol>
      {questions.length < questionsMax && (
        <Button look="outline" data-testid="add-question" onClick={add}>
          <Plus aria-hidden className="size-4" />
          {t("add")}
        </Button>
      )}
    </FormSection>
  );
}

type QuestionFieldsProps = Pick<FormParts, "problem"> & {
  question: QuestionDraft;
  place: number;
  change: (more: Partial<QuestionDraft>) => void;
};

function QuestionFields({ question, place, change, problem }: QuestionFieldsProps) {
  const t = useTranslations("services.form.questions");
  const path = `questions.${place}`;
  return (
    <>
      <Field
        name={`${path}.label`}
        label={t("label")}
        maxLength={200}
        value={question.label}
        onChange={(event) => change({ label: event.target.value })}
        problem={problem(`${path}.label`)}
      />
      <Select
        name={`${path}.kind`}
        label={t("kind")}
        value={question.kind}
        onChange={(event) => change({ kind: questionKinds.find((kind) => kind === event.target.value) ?? "text" })}
      >
        {questionKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kinds.${kind}`)}
          </option>
        ))}
      </Select>
      {question.kind === "choice" && (
        <TextArea
          name={`${path}.options`}
          label={t("options")}
          hint={t("optionsHint")}
          value={question.options}
          onChange={(event) => change({ options: event.target.value })}
          problem={problem(`${path}.options`)}
        />
      )}
      <Checkbox
        name={`${path}.isRequired`}
        checked={question.isRequired}
        onChange={(event) => change({ isRequired: event.target.checked })}
      >
        {t("isRequired")}
      </Checkbox>
      <Checkbox
        name={`${path}.isPersonal`}
        checked={question.isPersonal}
        onChange={(event) => change({ isPersonal: event.target.checked })}
      >
        {t("isPersonal")}
        <span className="block text-muted text-sm">{t("personalHint")}</span>
      </Checkbox>
    </>
  );
}
