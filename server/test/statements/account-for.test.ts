import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountFor } from './account-for.ts'
import { listedIn } from './crossing-list.ts'

const LISTED = listedIn(`# Architecture

## Statements that cross accounts

Words.

| statement | why |
| --- | --- |
| \`select … from page where title = …\` \`delete from page\` | pages are found by their title |

## What comes later

| \`select * from device\` | of another table |
`)

const sent = (sql: string, parameters: unknown[] = []) => ({ sql, parameters, sender: 'listPages, page.store.ts:1' })

describe('accounting for statements', () => {
  test('lets those of one account pass', () => {
    const ofOne = sent('select * from "page" where "account_id" = $1', [1])
    assert.deepEqual(accountFor([ofOne], LISTED, false), [])
  })

  test('lets those that are listed pass, in the words of both databases', () => {
    const found = ['select "page_id" from "page" where "title" = $1', 'select page_id from page where title = ?']
    assert.deepEqual(
      accountFor(
        found.map((sql) => sent(sql, ['a'])),
        LISTED,
        false,
      ),
      [],
    )
  })

  test('names one that is neither, who sends it and what to do', () => {
    const [sentence = '', ...more] = accountFor([sent('select * from "page" limit $1', [1])], LISTED, false)
    assert.match(sentence, /select \* from page limit \?/)
    assert.match(sentence, /listPages, page\.store\.ts:1/)
    assert.match(sentence, /rows of page/)
    assert.match(sentence, /Tie it to one account, or write it into "Statements that cross accounts"/)
    assert.deepEqual(more, [])
  })

  test('names one that was sent for two accounts at once, when it is not listed', () => {
    const insert = 'insert into "page" ("account_id") values ($1), ($2)'
    const sentences = accountFor([sent(insert, [1, 1]), sent(insert, [1, 2])], LISTED, false)
    assert.equal(sentences.length, 1)
    assert.match(sentences[0] ?? '', /accounts 1, 2 at once/)
  })

  test('names what is listed and never sent, after a whole run', () => {
    const found = sent('select page_id from page where title = ?', ['a'])
    assert.deepEqual(accountFor([found], LISTED, false), [])
    const [sentence = '', ...more] = accountFor([found], LISTED, true)
    assert.match(sentence, /no test sends: delete from page/)
    assert.deepEqual(more, [])
  })

  test('fails a whole run that noted nothing', () => {
    assert.deepEqual(accountFor([], [], true), ['No statement was noted.'])
  })
})

describe('the list of statements that cross accounts', () => {
  test('refuses a row without a reason', () => {
    const row = '| `delete from page` | |'
    const document = `\n## Statements that cross accounts\n\n| statement | why |\n| --- | --- |\n${row}\n`
    assert.throws(() => listedIn(document), /no reason/)
  })
})
