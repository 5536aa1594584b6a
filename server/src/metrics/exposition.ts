/** A value of a metric. */
export interface Sample {
  /** Appended to the metric's name, as `_sum` and `_count` of a histogram are. */
  suffix?: string
  labels?: Readonly<Record<string, string | number>>
  value: number
}

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * A metric in Prometheus' text format. Label values are ours: none has a quote, a backslash or a line's end in it.
 * Source: prometheus.io/docs/instrumenting/exposition_formats, text format 0.0.4.
 */
export function expose(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: Iterable<Sample>,
): string {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
  for (const { suffix = '', labels = {}, value } of samples) {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`)
    lines.push(`${name}${suffix}${pairs.length > 0 ? `{${pairs}}` : ''} ${value}`)
  }
  return `${lines.join('\n')}\n`
}
