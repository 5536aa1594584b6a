import { type DiffPiece, diffTexts } from '@shenpi/sdk/contract/text-diff'
import { PlainText } from './plain-text.tsx'
import css from './text-change.module.css'

/** What has changed in a text: what came is underlined, what went is struck through, both are heard as such. */
export function TextChange({ before, after }: { before: string; after: string }) {
  return (
    <span>
      {diffTexts(before, after).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text do not move
        <Piece key={at} piece={piece} />
      ))}
    </span>
  )
}

function Piece({ piece }: { piece: DiffPiece }) {
  const text = <PlainText text={piece.text} />
  if (piece.in === 'new') return <ins className={css.added}>{text}</ins>
  return piece.in === 'old' ? <del className={css.removed}>{text}</del> : text
}
