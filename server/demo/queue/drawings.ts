import { execFileSync } from 'node:child_process'
import sharp from 'sharp'
import type { DemoMerchant } from './merchants.ts'

/** Without a font that has them, Chinese characters are drawn as boxes. Undefined where nobody can tell. */
export function hasChineseFont(): boolean | undefined {
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return undefined
  }
}

const text = (x: number, y: number, size: number, words: string, fill = '#333', anchor = 'start') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}" font-family="Noto Sans CJK SC, Noto Serif CJK SC, PingFang SC, Microsoft YaHei, sans-serif">${words}</text>`

const draw = (width: number, height: number, inside: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inside}</svg>`,
  )

/** A document with a title and some lines, which says that it is none. */
export function drawDocument(title: string, lines: readonly string[]): Promise<Buffer> {
  const rows = lines.map((line, index) => text(90, 250 + 52 * index, 26, line)).join('')
  const frame =
    '<rect width="1000" height="700" fill="#f8f3e3"/><rect x="24" y="24" width="952" height="652" fill="none" stroke="#b0883c" stroke-width="6"/><circle cx="820" cy="560" r="78" fill="none" stroke="#c2372f" stroke-width="6"/>'
  const stamp = text(820, 570, 26, '示例印章', '#c2372f', 'middle')
  const note = text(500, 655, 20, '演示用图片，并非真实证件', '#998', 'middle')
  return sharp(draw(1000, 700, frame + text(500, 150, 64, title, '#8a1f17', 'middle') + rows + stamp + note))
    .png({ compressionLevel: 6, palette: true })
    .toBuffer()
}

export const drawLicence = (merchant: DemoMerchant): Promise<Buffer> =>
  drawDocument('营业执照', [
    `统一社会信用代码　${merchant.creditCode}`,
    `名　　称　${merchant.company}`,
    `法定代表人　${merchant.person}`,
    `住　　所　${merchant.province}${merchant.city}${merchant.district}${merchant.address}`,
    '类　　型　有限责任公司',
  ])

/** A shop's front, another one for each number. @param width a smaller one resembles a larger one of the same number */
export function drawPhoto(sign: string, number: number, width = 1200): Promise<Buffer> {
  const hue = (number * 47) % 360
  const windows = Array.from({ length: 6 }, (_, at) => {
    const light = 25 + ((number * 31 + at * 53) % 55)
    return `<rect x="${60 + at * 185}" y="${330 + ((number * (at + 3) * 17) % 90)}" width="150" height="${230 + ((number * (at + 1) * 29) % 140)}" fill="hsl(${(hue + at * 40) % 360} 45% ${light}%)"/>`
  }).join('')
  const front = `<rect width="1200" height="800" fill="hsl(${hue} 25% 82%)"/><rect y="700" width="1200" height="100" fill="#777"/><rect x="40" y="120" width="1120" height="150" fill="hsl(${hue} 55% 32%)"/>`
  return sharp(draw(1200, 800, front + windows + text(600, 220, 72, sign, '#fff', 'middle')))
    .resize(width)
    .jpeg({ quality: 85 })
    .toBuffer()
}
