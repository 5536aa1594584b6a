import css from './plain-text.module.css'

/** Characters that show nothing or change the direction of others, as whoever deceives uses them. */
const INVISIBLE = /((?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])/u

/** What a merchant wrote, as it is: lines stay lines, and what is invisible is shown by its number. */
export function PlainText({ text }: { text: string }) {
  return (
    <bdi className={css.text}>
      {text.split(INVISIBLE).map((piece, at) =>
        at % 2 === 0 ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text do not move
          <span key={at} className={css.invisible}>
            {`U+${(piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`}
          </span>
        ),
      )}
    </bdi>
  )
}
