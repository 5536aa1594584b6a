import { type Cell, guardFormula, type Rows } from './cell.ts'

/** The longest text of a cell. Source: Excel's specifications and limits. */
const TEXT_MAX = 32_767

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const SCHEMAS = 'http://schemas.openxmlformats.org'
const MAIN = `${SCHEMAS}/spreadsheetml/2006/main`
const RELATIONS = `${SCHEMAS}/officeDocument/2006/relationships`
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const relation = (type: string, target: string): string =>
  `${XML}<Relationships xmlns="${SCHEMAS}/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`

export const SHEET_PART = 'xl/worksheets/sheet1.xml'

/** What a workbook holds beside its one sheet. Source: ECMA-376, part 1. */
export const PARTS: readonly (readonly [name: string, content: readonly string[]])[] = [
  [
    '[Content_Types].xml',
    [
      `${XML}<Types xmlns="${SCHEMAS}/package/2006/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>`,
      `<Override PartName="/${SHEET_PART}" ContentType="${TYPES}.worksheet+xml"/></Types>`,
    ],
  ],
  ['_rels/.rels', [relation('officeDocument', 'xl/workbook.xml')]],
  [
    'xl/workbook.xml',
    [
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">`,
      '<sheets><sheet name="Shenpi" sheetId="1" r:id="r1"/></sheets></workbook>',
    ],
  ],
  ['xl/_rels/workbook.xml.rels', [relation('worksheet', 'worksheets/sheet1.xml')]],
]

/** The rows of a sheet; its head stays in sight. */
export async function* toSheet(rows: Rows): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
  for await (const some of rows) yield some.map((row) => `<row>${row.map(toXmlCell).join('')}</row>`).join('')
  yield '</sheetData></worksheet>'
}

function toXmlCell(cell: Cell): string {
  if (cell === null) return '<c/>'
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${toXmlText(guardFormula(cell))}</t></is></c>`
}

/** What XML cannot hold is left out, and what Excel would read as the number of a character stays as it was written. */
function toXmlText(text: string): string {
  return (
    text
      .slice(0, TEXT_MAX)
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  )
}
