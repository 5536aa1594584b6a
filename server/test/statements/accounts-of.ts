import { PLACEMENTS } from '../../src/db/postgres/placement.ts'
import { type Part, partsOf, type Token, tokensOf } from './sql-text.ts'

/** Of whose rows a statement is, as far as its text tells. */
export interface Accounts {
  /** Tables of accounts whose rows it does not tie to one account. */
  untied: string[]
  /** Where the accounts stand in the parameters that it ties the others to. */
  places: AccountPlace[]
}

/** @property member of a list of rows in JSON, which member is the account */
export interface AccountPlace {
  parameter: number
  member?: number
}

/** A table, a subquery or a function that a statement reads or writes, under one name. */
interface Source {
  name: string
  /** Undefined for what is no table of ours. */
  table: string | undefined
  isTied: boolean
}

/** One of these is tied once the other is. */
interface Tie {
  from: Source
  to: Source
}

/** A select, insert, update or delete, without those within it. */
interface Scope {
  sources: Source[]
}

interface Reading {
  sources: Source[]
  ties: Tie[]
  places: AccountPlace[]
}

const COLUMN = 'account_id'
/** What ends a clause at its own level. */
const CLAUSES = [
  'select',
  'from',
  'where',
  'group',
  'order',
  'limit',
  'offset',
  'having',
  'returning',
  'set',
  'values',
  'for',
  'window',
]
const VERBS = ['select', 'insert', 'update', 'delete']
/** A comma joins, too. */
const JOINS = [',', 'join', 'inner', 'left', 'right', 'full', 'cross', 'lateral', 'outer', 'natural']

/** Whether the rows of a table belong to accounts, and lie in their shards. */
const isOfAccounts = (table: string | undefined): boolean =>
  table !== undefined && typeof Object.entries(PLACEMENTS).find(([name]) => name === table)?.[1] === 'object'

/**
 * What a statement ties its rows to. A table is tied by `account_id = ?` among conditions that all hold, or by being
 * equal to one of the same select that is tied; an insert by the values of its column. A subquery names its account itself:
 * where it only equals one around it, Citus asks every shard. What this does not understand it takes for untied.
 */
export function accountsOf(sql: string): Accounts {
  if (/^\s*truncate\b/i.test(sql)) return { untied: (sql.match(/\w+/g) ?? []).filter(isOfAccounts).sort(), places: [] }
  const reading: Reading = { sources: [], ties: [], places: [] }
  read(partsOf(tokensOf(sql)), reading)
  for (let before = -1, now = 0; before !== now; ) {
    before = now
    for (const { from, to } of reading.ties) if (from.isTied) to.isTied = true
    now = reading.sources.filter(({ isTied }) => isTied).length
  }
  const untied = reading.sources.filter(({ table, isTied }) => isOfAccounts(table) && !isTied)
  return { untied: [...new Set(untied.map(({ table = '' }) => table))].sort(), places: reading.places }
}

/** The accounts that a statement names with these parameters. */
export function namedAccounts(places: readonly AccountPlace[], parameters: readonly unknown[]): Set<string> {
  return new Set(places.flatMap(({ parameter, member }) => valuesOf(parameters[parameter], member)).map(String))
}

function valuesOf(value: unknown, member: number | undefined): unknown[] {
  const list = typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value
  if (!Array.isArray(list)) return [list]
  return member === undefined ? list : list.map((row) => row[member])
}

/** Read a statement, or several that are one by `union`. */
function read(parts: readonly Part[], reading: Reading): void {
  for (const statement of split(parts, ['union', 'intersect', 'except'])) readOne(statement, reading)
}

function readOne(all: readonly Part[], reading: Reading): void {
  const scope: Scope = { sources: [] }
  const verb = all.findIndex((part) => VERBS.includes(wordOf(part)))
  // What stands before belongs to `with`: subqueries.
  const parts = all.slice(Math.max(0, verb))
  // Behind a conflict another row of the same key is changed, which is of the same account.
  const clauses = clausesOf(parts)
  for (const { name, parts } of clauses) if (name === 'from') readSources(parts, scope, reading)
  const target = targetOf(parts, reading)
  if (target && wordOf(parts[0]) === 'insert') readInserted(parts, clauses, { target, scope }, reading)
  else if (target) scope.sources.push(target)
  for (const { name, parts } of clauses) {
    if (name === 'where') for (const condition of conditionsOf(parts)) tie(condition, scope, undefined, reading)
  }
  readWithin(all, reading)
}

interface Clause {
  name: string
  parts: Part[]
}

function clausesOf(parts: readonly Part[]): Clause[] {
  const clauses: Clause[] = [{ name: '', parts: [] }]
  for (const [place, part] of parts.entries()) {
    const word = wordOf(part)
    if (word === 'on' && wordOf(parts[place + 1]) === 'conflict') break
    const isOfDelete = word === 'from' && wordOf(parts[place - 1]) === 'delete'
    if (word === 'using') clauses.push({ name: 'from', parts: [] })
    else if (CLAUSES.includes(word) && !isOfDelete) clauses.push({ name: word, parts: [] })
    else clauses.at(-1)?.parts.push(part)
  }
  return clauses
}

/** The table that a statement writes. */
function targetOf(parts: readonly Part[], reading: Reading): Source | undefined {
  const begin = { update: 1, insert: 2, delete: 2 }[wordOf(parts[0])]
  if (begin === undefined) return undefined
  const table = wordOf(parts[begin])
  const name = wordOf(parts[begin + 1]) === 'as' ? wordOf(parts[begin + 2]) : table
  const target = { name, table, isTied: false }
  reading.sources.push(target)
  return target
}

/** The tables of a from, and what their joins tie. */
function readSources(parts: readonly Part[], scope: Scope, reading: Reading): void {
  const begins = parts.flatMap((part, place) => (isJoin(part) && !isJoin(parts[place - 1]) ? [place] : []))
  for (const [index, begin] of [0, ...begins].entries()) {
    const piece = parts.slice(begin, begins[index])
    const how = piece.filter(isJoin).map(wordOf)
    const on = piece.findIndex((part) => wordOf(part) === 'on')
    const source = addSource(piece.slice(how.length, on < 0 ? undefined : on), scope, reading)
    // The condition of an outer join picks rows of one side alone, of a right or full one not of this.
    if (on < 0 || how.includes('right') || how.includes('full')) continue
    const only = how.includes('left') ? source : undefined
    for (const condition of conditionsOf(piece.slice(on + 1))) tie(condition, scope, only, reading)
  }
}

const isJoin = (part: Part | undefined): boolean => JOINS.includes(wordOf(part))

function addSource(item: readonly Part[], scope: Scope, reading: Reading): Source {
  const table = wordOf(item[0])
  const alias = item.slice(1).filter((part) => !Array.isArray(part) && wordOf(part) !== 'as')
  const isCall = Array.isArray(item[1])
  const source = { name: wordOf(alias[0]) || table, table: isCall ? undefined : table || undefined, isTied: false }
  scope.sources.push(source)
  reading.sources.push(source)
  return source
}

/** Conditions that must all hold: those of an `or` need not. */
function conditionsOf(parts: readonly Part[]): Part[][] {
  if (split(parts, ['or']).length > 1) return []
  return split(parts, ['and']).flatMap((condition) => {
    const [only] = condition
    return condition.length === 1 && Array.isArray(only) ? conditionsOf(only) : [condition]
  })
}

/**
 * Take what a condition ties.
 *
 * @param only the one source that the condition of an outer join picks rows of
 */
function tie(condition: readonly Part[], scope: Scope, only: Source | undefined, reading: Reading): void {
  const equals = condition.findIndex((part) => ['=', 'in'].includes(wordOf(part)))
  if (equals < 0) return
  const [left, right] = [condition.slice(0, equals), condition.slice(equals + 1)]
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const source = accountColumn(one, scope)
    if (!source || (only && source !== only)) continue
    const parameters = parametersOf(other)
    const equal = accountColumn(other, scope)
    if (parameters) {
      source.isTied = true
      reading.places.push(...parameters.map((parameter) => ({ parameter })))
    } else if (equal) reading.ties.push({ from: equal, to: source })
  }
}

/** The source whose account a reference means. */
function accountColumn(parts: readonly Part[], scope: Scope): Source | undefined {
  const words = parts.map(wordOf)
  if (words.length === 1 && words[0] === COLUMN) {
    const [one, ...more] = scope.sources.filter(({ table }) => isOfAccounts(table) || !isKnown(table))
    return more.length === 0 ? one : undefined
  }
  if (words.length !== 3 || words[1] !== '.' || words[2] !== COLUMN) return undefined
  return scope.sources.find(({ name }) => name === words[0])
}

const isKnown = (table: string | undefined): boolean => table !== undefined && table in PLACEMENTS

/** The numbers of the parameters that a value is, or one of whose values it is; undefined where it is something else. */
function parametersOf(parts: readonly Part[]): number[] | undefined {
  const [first, second, ...more] = parts
  if (more.length > 0 || first === undefined) return undefined
  if (second === undefined && !Array.isArray(first))
    return first.kind === 'parameter' ? [Number(first.text)] : undefined
  if (Array.isArray(first)) return second === undefined ? listed(first) : undefined
  if (!Array.isArray(second)) return undefined
  if (first.text === 'any') return listed(second)
  return first.text === 'cast' ? parametersOf(second.slice(0, 1)) : undefined
}

function listed(parts: readonly Part[]): number[] | undefined {
  const words = parts.map(wordOf)
  const [call] = parts.slice(4)
  if (words.slice(0, 4).join(' ') === 'select value from json_each')
    return Array.isArray(call) ? parametersOf(call) : undefined
  const all = split(parts, [',']).map(parametersOf)
  return all.every((each) => each !== undefined) ? all.flat() : undefined
}

/** What the rows of an insert hold in the account's column. */
function readInserted(
  parts: readonly Part[],
  clauses: readonly Clause[],
  { target, scope }: { target: Source; scope: Scope },
  reading: Reading,
): void {
  const [, , , columns] = parts
  const place = Array.isArray(columns) ? split(columns, [',']).findIndex(([column]) => wordOf(column) === COLUMN) : -1
  if (place < 0) return
  const clause = (name: string) => clauses.find((each) => each.name === name)?.parts ?? []
  const rows = clause('values').filter((part) => Array.isArray(part))
  if (rows.length > 0) {
    const values = rows.map((row) => parametersOf(split(row, [','])[place] ?? []))
    if (values.every((value) => value !== undefined)) put(target, values.flat(), undefined, reading)
    return
  }
  const [call, list] = clause('from')
  const selected = split(clause('select'), [','])[place] ?? []
  const from = accountColumn(selected, scope)
  if (from) reading.ties.push({ from, to: target })
  else if (!Array.isArray(list)) put(target, parametersOf(selected.slice(0, 1)), undefined, reading)
  else if (wordOf(call) === 'unnest') put(target, parametersOf(split(list, [','])[place] ?? []), undefined, reading)
  else if (selected.map(wordOf).join(' ') === `value ->> ${place}`) put(target, parametersOf(list), place, reading)
}

function put(target: Source, parameters: number[] | undefined, member: number | undefined, reading: Reading): void {
  if (!parameters) return
  target.isTied = true
  reading.places.push(...parameters.map((parameter) => ({ parameter, ...(member !== undefined && { member }) })))
}

/** The subqueries of a statement. */
function readWithin(parts: readonly Part[], reading: Reading): void {
  for (const part of parts) {
    if (!Array.isArray(part)) continue
    if (['select', 'with', 'insert', 'update', 'delete'].includes(wordOf(part[0]))) read(part, reading)
    else readWithin(part, reading)
  }
}

/** Parts between some words or marks. `all` behind `union` belongs to it. */
function split(parts: readonly Part[], at: readonly string[]): Part[][] {
  const pieces: Part[][] = [[]]
  for (const part of parts) {
    if (at.includes(wordOf(part))) pieces.push([])
    else pieces.at(-1)?.push(part)
  }
  return pieces.map((piece) => (wordOf(piece[0]) === 'all' ? piece.slice(1) : piece))
}

/** What a part says, when it is a word, a mark or a literal; a parameter says nothing. */
function wordOf(part: Part | undefined): string {
  return part === undefined || Array.isArray(part) || part.kind === 'parameter' ? '' : (part as Token).text
}
