/** A file of two rules of outcomes. */
export const RULE_FILE = `# The first that matches counts.
rules:
  - name: large
    match:
      kinds: [device_batch]
      fields:
        - { path: quantity, at_least: 1000 }
    outcome: { move: reject, reason: 数量过多 }
  - name: the-rest
    outcome: { move: approve }
    when: { working_days: 3 }
`
