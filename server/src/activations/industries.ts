import industries from './industries.json' with { type: 'json' }

/** A line of business that an account may name when it applies for activation. */
interface Industry {
  /** Four digits. The zero in front belongs to it: a text, never a number. */
  code: string
  /** The branch, as the platform publishes it, in Chinese. */
  level1: string
  /** The trade inside the branch, in Chinese. */
  level2: string
  /** The document that an application must show at least one picture of; null where none is required. */
  licence: string | null
}

const BY_CODE: ReadonlyMap<string, Industry> = new Map(
  industries.map((industry) => [industry.code, Object.freeze(industry)]),
)

/**
 * Find an industry by its code, spelt exactly: `118` is not `0118`.
 *
 * Source: docs/protocol/shakearound.md, Industry codes.
 * @example
 * findIndustry('0118')?.licence // 'publication trade licence'
 * findIndustry('0101')?.licence // null
 */
export function findIndustry(code: string): Industry | undefined {
  return BY_CODE.get(code)
}

/** What an industry is called: the platform publishes it in Chinese alone. One that is not in the table keeps its code. */
export function industryName(code: string): string {
  const industry = findIndustry(code)
  return industry ? `${industry.level1} / ${industry.level2}` : code
}
