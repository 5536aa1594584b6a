import { api } from '@shenpi/sdk/contract/api'
import type { Static } from '@sinclair/typebox'
import { faultOfList } from '../sandbox/outcomes/check-rule.ts'
import { readYamlFile } from '../sandbox/yaml-file.ts'

const { body: RuleList } = api.setOutcomeRules

/** The rules of a file. @throws Error that names the line and the reason */
export const readRuleFile = (file: string): Promise<Static<typeof RuleList>> =>
  readYamlFile(file, RuleList, ({ rules }) => faultOfList(rules))
