import css from './day-columns.module.css'

/** What tells the parts of a column apart besides their colour. */
export function Patterns() {
  return (
    <defs>
      <pattern id="way-key" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className={css.mark} width="2" height="6" />
      </pattern>
      <pattern id="way-quick" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle className={css.mark} cx="2.5" cy="2.5" r="1.1" />
      </pattern>
      <pattern id="way-rule" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect className={css.mark} width="5" height="1.5" />
      </pattern>
    </defs>
  )
}
