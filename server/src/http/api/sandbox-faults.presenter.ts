import type { ApiFault, ApiScenario } from '@shenpi/sdk/contract/api'
import { type Fault, type FaultRule, isActive } from '../../sandbox/faults/fault.ts'
import type { Scenario } from '../../sandbox/faults/scenarios.ts'

/** @param appid whose; undefined: of all accounts. @param machineNow by the machine's clock */
export function toFault(rule: FaultRule, appid: string | undefined, machineNow: number): ApiFault {
  const { name, scenario, endsAt, seen, hits } = rule
  const whole = toDefinition(rule)
  return {
    name,
    scenario,
    ...whole,
    match: { ...(appid !== undefined && { appid }), ...whole.match },
    ends_at: endsAt.toISOString(),
    active: isActive(rule, machineNow),
    seen,
    hits,
  }
}

export function toScenario({ name, happens, handled, ...fault }: Scenario): ApiScenario {
  return { name, ...toDefinition({ scenario: null, ...fault }), happens, handled }
}

function toDefinition({ match: { paths, events, ...match }, effect, where, times }: Fault) {
  const names = { ...(paths && { paths: [...paths] }), ...(events && { events: [...events] }) }
  return { match: { ...names, ...match }, effect, where, times }
}
