import { LANGUAGES, type Language } from '@shenpi/sdk/contract/states'
import { placesIn, REASON_MAX_WEIGHT, REASON_PLACES, weightOf } from '@shenpi/sdk/contract/text'
import type { ReasonDraft } from '../../data/reason-library.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { TextArea } from '../../parts/text-area.tsx'
import { fillReason } from '../../text/fill-reason.ts'
import { useDates } from '../../text/use-dates.ts'
import css from './reasons-page.module.css'
import { useLibraryText } from './use-library-text.ts'

interface ReasonTextsProps {
  draft: ReasonDraft
  onChange: (changed: Partial<ReasonDraft>) => void
}

/** What the merchant reads, in both languages, with the places filled in beside it. */
export function ReasonTexts({ draft, onChange }: ReasonTextsProps) {
  return (
    <div className={css.both}>
      {LANGUAGES.map((language) => (
        <OneText
          key={language}
          language={language}
          draft={draft}
          onType={(typed) => onChange({ text: { ...draft.text, [language]: typed } })}
        />
      ))}
    </div>
  )
}

interface OneTextProps {
  language: Language
  draft: ReasonDraft
  onType: (typed: string) => void
}

function OneText({ language, draft, onType }: OneTextProps) {
  const text = useLibraryText()
  const wrong = faultOf(draft.text, language)
  const today = useDates().day(new Date().toISOString())
  const example = draft.fields.length > 0 ? draft.fields : [text.previewField]
  const filled = fillReason(draft.text[language], example, language).replaceAll('{date}', today)
  const weight = weightOf(draft.text[language])
  return (
    <div>
      <TextArea
        label={language === 'zh' ? text.textZh : text.textEn}
        hint={text.placeholders}
        value={draft.text[language]}
        rows={4}
        maxLength={500}
        lang={language === 'zh' ? 'zh-CN' : 'en'}
        onChange={onType}
        fault={wrong && text.faults[wrong]}
        counter={
          <span className={css.hint} title={text.weightTitle}>
            {text.weight(weight, REASON_MAX_WEIGHT)}
          </span>
        }
      />
      {filled.trim() !== '' && (
        <figure className={css.preview}>
          <figcaption className={css.hint}>{text.preview}</figcaption>
          <PlainText text={filled} />
        </figure>
      )}
    </div>
  )
}

/** Why the server would refuse one of the two; one that is empty has yet to be written. */
export function faultOf(texts: Record<Language, string>, language: Language): 'tooLong' | 'place' | undefined {
  const own = texts[language]
  const other = texts[language === 'zh' ? 'en' : 'zh']
  if (weightOf(own) > REASON_MAX_WEIGHT) return 'tooLong'
  const isKnown = placesIn(own).every((place) => REASON_PLACES.includes(place))
  const isMissing = own !== '' && placesIn(other).some((place) => !placesIn(own).includes(place))
  return isKnown && !isMissing ? undefined : 'place'
}
