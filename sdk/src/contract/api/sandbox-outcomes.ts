import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Page, paging, STRICT, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { KIND_NAMES, OUTCOME_STATES, RULE_MOVES } from '../states.ts'
import { REASON_MAX_WEIGHT, STORABLE, STORABLE_WORDS } from '../text.ts'

/** So many rules an account may have, and as many those of all accounts together. */
export const OUTCOME_RULES_MAX = 200
/** The most seconds, working days and polls that an outcome waits. */
export const OUTCOME_MAX = { seconds: 10 * 366 * 86_400, days: 1000, polls: 1000 } as const
/** The header that says what becomes of what one request submits. */
export const OUTCOME_HEADER = 'X-Shenpi-Outcome'

const text = (maxLength: number, more = {}) => Type.String({ maxLength, pattern: STORABLE, ...more })

const FieldMatch = Type.Object(
  {
    path: Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: STORABLE_WORDS,
      description: 'Where it stands in the payload: base_info.city, license[0], scene_group_list[*] for any of a list.',
    }),
    equals: Type.Optional(Type.Union([text(1000), Type.Number(), Type.Boolean()])),
    contains: Type.Optional(text(1000, { minLength: 1, description: 'A part of a text, or an item of a list.' })),
    at_least: Type.Optional(Type.Number()),
    at_most: Type.Optional(Type.Number()),
  },
  { ...STRICT, description: 'All that is said of it holds.' },
)

const Match = Type.Object(
  {
    kinds: Type.Optional(Type.Array(OneOf(KIND_NAMES), { minItems: 1, maxItems: KIND_NAMES.length })),
    appid: Type.Optional(byAppid.properties.appid),
    fields: Type.Optional(Type.Array(FieldMatch, { maxItems: 20 })),
    try: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'Its number among the tries about the same: 1 is the first.',
      }),
    ),
  },
  { ...STRICT, description: 'All of it holds; what is left out does not matter.' },
)

const Becomes = Type.Object(
  {
    move: OneOf(RULE_MOVES, { description: 'leave: the staff decide it, whatever rules behind this one say.' }),
    reason: Type.Optional(text(REASON_MAX_WEIGHT, { description: 'A rejection needs one.' })),
    fields: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64, pattern: STORABLE_WORDS }), {
        maxItems: 50,
        description: 'What is to be mended after a rejection, by the fields’ names on the wire.',
      }),
    ),
  },
  STRICT,
)

const When = Type.Object(
  {
    after_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: OUTCOME_MAX.seconds })),
    working_days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: OUTCOME_MAX.days, description: 'At the end of so many working days.' }),
    ),
    polls: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: OUTCOME_MAX.polls,
        description: 'So many status queries answer that it is under review; the next one finds it decided.',
      }),
    ),
  },
  { ...STRICT, description: 'At most one of them. None: at once.' },
)

const rule = {
  match: Type.Optional(Match),
  outcome: Becomes,
  when: Type.Optional(When),
}

const RuleName = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
  description: 'Lower-case letters, digits and hyphens; but header and text.',
})

const Rule = Type.Object({
  name: RuleName,
  position: Type.Integer(),
  match: Match,
  outcome: Becomes,
  when: When,
  hits: Type.Integer({ description: 'How many applications it was applied to.' }),
})

const RuleBody = Type.Object(
  {
    position: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: 'Its place among the rules. Left out: as it is, or behind all.',
      }),
    ),
    ...rule,
  },
  STRICT,
)

const RuleList = Type.Object({
  rules: Type.Array(Type.Object({ name: RuleName, ...rule }, STRICT), {
    maxItems: OUTCOME_RULES_MAX,
    description: 'In their order.',
  }),
})

const Rules = Type.Object({ items: Type.Array(Rule, { description: `In their order; at most ${OUTCOME_RULES_MAX}.` }) })

const Outcome = Type.Object({
  application: Type.String(),
  state: OneOf(OUTCOME_STATES),
  by: Type.String({ description: 'rule:NAME, rule:text, rule:header' }),
  move: OneOf(RULE_MOVES),
  reason: Type.String(),
  fields: Type.Array(Type.String()),
  due_at: Nullable(Time),
  polls_left: Nullable(Type.Integer({ description: 'So many more status queries find it under review.' })),
  refusal: Nullable(
    Type.Object(
      { code: Type.String(), detail: Nullable(Type.String()) },
      { description: 'Why it had no effect when it was due.' },
    ),
  ),
})

const byName = Type.Object({ name: RuleName })
const byAppidAndName = Type.Object({ ...byAppid.properties, ...byName.properties })
const ofAll = '/sandbox/outcome-rules'
const ofAccount = '/sandbox/accounts/{appid}/outcome-rules'

export const sandboxOutcomeEndpoints = {
  listSharedOutcomeRules: endpoint({
    method: 'GET',
    path: ofAll,
    access: 'sandbox.read',
    summary: 'List the rules that decide applications of all accounts, behind an account’s own (sandbox)',
    answer: Rules,
  }),
  setSharedOutcomeRules: endpoint({
    method: 'PUT',
    path: ofAll,
    access: 'sandbox.control',
    summary: 'Replace the rules of all accounts: all of them, or none where one is refused (sandbox)',
    body: RuleList,
    answer: Rules,
    problems: ['outcome_rule.malformed'],
  }),
  putSharedOutcomeRule: endpoint({
    method: 'PUT',
    path: `${ofAll}/{name}`,
    access: 'sandbox.control',
    summary: 'Put one rule of all accounts; one that says what it said keeps its hits (sandbox)',
    params: byName,
    body: RuleBody,
    answer: Rule,
    problems: ['outcome_rule.malformed', 'outcome_rule.too_many'],
  }),
  deleteSharedOutcomeRule: endpoint({
    method: 'DELETE',
    path: `${ofAll}/{name}`,
    access: 'sandbox.control',
    summary: 'Delete a rule of all accounts; outcomes that it has given go on waiting (sandbox)',
    params: byName,
    answer: Type.Object({}),
    problems: ['outcome_rule.unknown'],
  }),
  listOutcomeRules: endpoint({
    method: 'GET',
    path: ofAccount,
    access: 'sandbox.read',
    summary: 'List the rules that decide applications of an account (sandbox)',
    params: byAppid,
    answer: Rules,
    problems: ['account.unknown'],
  }),
  setOutcomeRules: endpoint({
    method: 'PUT',
    path: ofAccount,
    access: 'sandbox.control',
    summary: 'Replace the rules of an account: all of them, or none where one is refused (sandbox)',
    params: byAppid,
    body: RuleList,
    answer: Rules,
    problems: ['account.unknown', 'outcome_rule.malformed'],
  }),
  putOutcomeRule: endpoint({
    method: 'PUT',
    path: `${ofAccount}/{name}`,
    access: 'sandbox.control',
    summary: 'Put one rule of an account; one that says what it said keeps its hits (sandbox)',
    params: byAppidAndName,
    body: RuleBody,
    answer: Rule,
    problems: ['account.unknown', 'outcome_rule.malformed', 'outcome_rule.too_many'],
  }),
  deleteOutcomeRule: endpoint({
    method: 'DELETE',
    path: `${ofAccount}/{name}`,
    access: 'sandbox.control',
    summary: 'Delete a rule of an account; outcomes that it has given go on waiting (sandbox)',
    params: byAppidAndName,
    answer: Type.Object({}),
    problems: ['account.unknown', 'outcome_rule.unknown'],
  }),
  listOutcomes: endpoint({
    method: 'GET',
    path: '/sandbox/accounts/{appid}/outcomes',
    access: 'sandbox.read',
    summary: 'List what rules have made, or will make, of an account’s applications, the newest first (sandbox)',
    params: byAppid,
    query: Type.Object(paging),
    answer: Page(Outcome),
    problems: ['account.unknown'],
  }),
}

export type ApiOutcomeRule = Static<typeof Rule>
/** A rule as it is asked for. */
export type ApiOutcomeRuleBody = Static<typeof RuleBody>
export type ApiOutcome = Static<typeof Outcome>
