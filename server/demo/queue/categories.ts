import { type DemoMerchant, MERCHANTS } from './merchants.ts'

/** Far from those of the platform, which have four digits. */
const FIRST_ID = 900_000

/** Every level that the merchants sell in has an id: its place among them. */
const LEVELS = [...new Set(MERCHANTS.flatMap(({ goods }) => prefixesOf(goods)))]

const idOf = (prefix: string) => FIRST_ID + LEVELS.indexOf(prefix)

/** `a`, `a,b` and `a,b,c` of `a,b,c`. */
function prefixesOf(goods: string): string[] {
  const names = goods.split(',')
  return names.map((_, at) => names.slice(0, at + 1).join(','))
}

/** The category that a merchant applies for, as the tree has it. */
export function categoryOf({ goods, permit }: DemoMerchant) {
  const [first_cat_name = '', second_cat_name = '', third_cat_name = ''] = goods.split(',')
  const [first_cat_id = 0, second_cat_id = 0, third_cat_id = 0] = prefixesOf(goods).map(idOf)
  return {
    ...{ first_cat_id, first_cat_name, second_cat_id, second_cat_name, third_cat_id, third_cat_name },
    ...{
      qualification: `《${permit}》`,
      qualification_type: 1,
      product_qualification: '',
      product_qualification_type: 0,
    },
    scene_group_list: [1],
  }
}

/** Those of all merchants. */
export const CATEGORIES = MERCHANTS.map(categoryOf)
