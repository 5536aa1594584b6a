import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Decoders } from '../server/src/pictures/decoders.ts'
import { inspectPicture } from '../server/src/pictures/inspect-picture.ts'
import { MATERIAL_FORMATS } from '../server/src/pictures/picture-format.ts'
import { aPicture } from '../server/test/factories.ts'
import { HOSTILE_PICTURES } from '../server/test/hostile-pictures.ts'

/** Bars of the row "pictures": seconds of a decoder for each file, and the most memory of the process, in MB. */
const [DECODER_S, PEAK_MB] = [2, 500]

const [, , ...paths] = process.argv
if (paths.length > 0) await inspectAll(paths)
else await measure()

/** In a process of its own: inspect the files in parallel, each for another account, and print the costs. */
async function inspectAll(files: readonly string[]): Promise<void> {
  const decoders = new Decoders()
  await inspectPicture(decoders, 0, await aPicture(), MATERIAL_FORMATS)
  const before = process.cpuUsage()
  const looks = files.map((path, index) => inspectPicture(decoders, index + 1, readFileSync(path), MATERIAL_FORMATS))
  const looked = await Promise.allSettled(looks)
  const { user, system } = process.cpuUsage(before)
  const answers = looked.map((one) => (one.status === 'rejected' ? (one.reason as Error).message : 'taken'))
  console.log(JSON.stringify({ decoderS: (user + system) / 1e6, peakMb: peakMb(), answers }))
}

/** The most memory so far, in MB. What Node tells on Linux is at least what the process had that started this one. */
function peakMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
}

function inspectApart(files: readonly string[]): { decoderS: number; peakMb: number; answers: string[] } {
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...files], {
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-pictures-'))
  const missed: string[] = []
  const judge = (name: string, { decoderS, peakMb, answers }: ReturnType<typeof inspectApart>, limitS: number) => {
    if (decoderS > limitS || peakMb > PEAK_MB) missed.push(name)
    console.log(
      `${decoderS.toFixed(2)} s  ${peakMb.toFixed(0).padStart(4)} MB  ${name}: ${answers.join('; ').slice(0, 120)}`,
    )
  }
  try {
    const files: string[] = []
    for (const [index, { name, make }] of HOSTILE_PICTURES.entries()) {
      const path = join(folder, String(index))
      writeFileSync(path, await make())
      files.push(path)
      judge(name, inspectApart([path]), DECODER_S)
    }
    const all = inspectApart(files)
    judge('all at once', { ...all, answers: [`${all.answers.length} files`] }, Number.POSITIVE_INFINITY)
  } finally {
    rmSync(folder, { recursive: true })
  }
  console.log(missed.length === 0 ? '\nEvery bar is met.' : `\nMissed: ${missed.join('; ')}.`)
  process.exitCode = missed.length === 0 ? 0 : 1
}
