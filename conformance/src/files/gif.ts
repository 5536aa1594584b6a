const word = (value: number): [number, number] => [value & 0xff, value >> 8]

/** A GIF whose frames are dots on a canvas. */
export function aGifOf(frames: number, width: number, height: number, { dot = 1 } = {}): Buffer {
  const palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]
  const parts = [Buffer.from([...Buffer.from('GIF89a'), ...word(width), ...word(height), 0x91, 0, 0, ...palette])]
  for (let frame = 0; frame < frames; frame += 1) {
    const pixel = 4 | ((frame & 3) << 3) | (5 << 6)
    const delay = [0x21, 0xf9, 4, 4, 5, 0, 0, 0]
    const place = [...word(frame % width), ...word((frame >> 3) % height)]
    parts.push(Buffer.from([...delay, 0x2c, ...place, ...word(dot), ...word(dot), 0, 2, 2, ...word(pixel), 0]))
  }
  return Buffer.concat([...parts, Buffer.from([0x3b])])
}
