import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, type TestContext, test } from 'node:test'
import { GroupCommit } from './group-commit.ts'

/** A database of its own in a file, its groups, another connection that reads, and every `commit` that was sent. */
function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-group-'))
  const path = join(folder, 'test.db')
  const db = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true })
  db.exec(`pragma journal_mode=wal; create table item (name text primary key, bulk blob) strict;
    create table note (item text not null references item (name) deferrable initially deferred) strict`)
  const reader = new DatabaseSync(path, { readOnly: true })
  t.after(() => {
    reader.close()
    db.close()
    rmSync(folder, { recursive: true })
  })
  // Time stands still, so that a slow machine does not end a group early.
  const time = { ms: 0 }
  t.mock.method(performance, 'now', () => time.ms)
  const commits: string[] = []
  const exec = db.exec.bind(db)
  t.mock.method(db, 'exec', (sql: string) => {
    if (/^commit/.test(sql)) commits.push(sql)
    exec(sql)
  })
  const groups = new GroupCommit(db)
  const namesIn = (connection: DatabaseSync) =>
    connection
      .prepare('select name from item order by name')
      .all()
      .map(({ name }) => name)
  return {
    db,
    path,
    groups,
    commits,
    time,
    insert: (name: string) => db.prepare('insert into item (name) values (?)').run(name),
    insertBulk: (name: string, bytes: number) =>
      db.prepare('insert into item (name, bulk) values (?, zeroblob(?))').run(name, bytes),
    /** What others see. */
    seen: () => namesIn(reader),
    /** A transaction that inserts one row. */
    async add(name: string) {
      await groups.begin()
      db.prepare('insert into item (name) values (?)').run(name)
      await groups.commit()
    },
    /** Let the database grow by so many pages and no more. */
    allowPages(more: number) {
      const { page_count: now } = db.prepare('pragma page_count').get() as { page_count: number }
      db.prepare(`pragma max_page_count=${now + more}`).get()
    },
  }
}

describe('transactions in groups', () => {
  test('share one commit when they arrive together', async (t) => {
    const { add, commits, seen } = open(t)
    await Promise.all(['a', 'b', 'c', 'd'].map(add))
    assert.deepEqual(seen(), ['a', 'b', 'c', 'd'])
    assert.equal(commits.length, 1)
  })

  test('are committed one by one when they run one after the other', async (t) => {
    const { add, commits } = open(t)
    await add('a')
    await add('b')
    assert.equal(commits.length, 2)
  })

  test('become visible to others only after their commit', async (t) => {
    const { groups, insert, seen } = open(t)
    await groups.begin()
    insert('a')
    const first = groups.commit()
    await groups.begin()
    insert('b')
    assert.deepEqual(seen(), [])
    const second = groups.commit()
    assert.deepEqual(seen(), [])
    await Promise.all([first, second])
    assert.deepEqual(seen(), ['a', 'b'])
  })

  test('see what earlier members of the group wrote', async (t) => {
    const { groups, insert } = open(t)
    await groups.begin()
    insert('a')
    const first = groups.commit()
    await groups.begin()
    assert.throws(() => insert('a'), /UNIQUE/)
    groups.rollback()
    await first
  })

  test('roll back alone', async (t) => {
    const { groups, insert, add, commits, seen } = open(t)
    const before = add('before')
    await groups.begin()
    insert('undone')
    groups.rollback()
    await Promise.all([before, add('after')])
    assert.deepEqual(seen(), ['after', 'before'])
    assert.equal(commits.length, 1)
  })

  test('run in the order in which they were requested', async (t) => {
    const { groups } = open(t)
    const order: string[] = []
    const take = async (name: string) => {
      await groups.begin()
      order.push(name)
      await groups.commit()
    }
    await Promise.all(['a', 'b', 'c'].map(take))
    assert.deepEqual(order, ['a', 'b', 'c'])
  })

  test('are committed when there are 256 of them, although more wait', async (t) => {
    const { add, commits, seen } = open(t)
    await Promise.all(Array.from({ length: 600 }, (_, index) => add(String(index))))
    assert.equal(seen().length, 600)
    assert.equal(commits.length, 3)
  })

  test('are committed when the group is older than 5 ms, although more wait', async (t) => {
    const { groups, insert, seen, time } = open(t)
    await groups.begin()
    const waiting = groups.begin()
    insert('a')
    time.ms = 6
    const first = groups.commit()
    assert.deepEqual(seen(), ['a'])
    await first
    await waiting
    groups.rollback()
  })
})

describe('a commit that fails', () => {
  test('fails every member, and rolls the group back', async (t) => {
    const { db, groups, add, insert, seen } = open(t)
    const first = add('a')
    await groups.begin()
    db.prepare('insert into note (item) values (?)').run('nobody')
    const second = groups.commit()
    const third = add('c')
    for (const member of [first, second, third]) await assert.rejects(member, /FOREIGN KEY/)
    assert.deepEqual(seen(), [])
    await groups.begin()
    insert('later')
    await groups.commit()
    assert.deepEqual(seen(), ['later'])
  })
})

describe('a full disk', () => {
  test('fails every waiting member when one cannot be rolled back, and passes its turn', async (t) => {
    const { db, groups, add, insert, seen } = open(t)
    const waiting = add('first')
    await groups.begin()
    insert('second')
    const { exec } = db
    const failing = t.mock.method(db, 'exec', (sql: string) => {
      if (sql.startsWith('rollback to')) throw new Error('disk I/O error')
      exec.call(db, sql)
    })
    assert.throws(() => groups.rollback(), /disk I\/O error/)
    failing.mock.restore()
    await assert.rejects(waiting, /disk I\/O error/)
    await add('third')
    assert.deepEqual(seen(), ['third'])
  })

  test('fails every waiting member when SQLite rolls the group back', async (t) => {
    const { db, groups, insert, insertBulk, allowPages, seen } = open(t)
    await groups.begin()
    insert('a')
    const first = groups.commit()
    await groups.begin()
    insert('b')
    const second = groups.commit()
    await groups.begin()
    allowPages(2)
    assert.throws(() => insertBulk('too much', 1_000_000), /full/)
    assert.equal(db.isTransaction, false, 'SQLite rolled everything back by itself')
    groups.rollback()
    await assert.rejects(first, /rolled the group/)
    await assert.rejects(second, /rolled the group/)
    assert.deepEqual(seen(), [])

    allowPages(1000)
    await groups.begin()
    insert('later')
    await groups.commit()
    assert.deepEqual(seen(), ['later'])
  })

  test('fails a member that continues after its statement failed, too', async (t) => {
    const { groups, add, insertBulk, allowPages, seen } = open(t)
    const first = add('a')
    await groups.begin()
    allowPages(2)
    assert.throws(() => insertBulk('too much', 1_000_000), /full/)
    const second = groups.commit()
    await assert.rejects(first, /savepoint/)
    await assert.rejects(second, /savepoint/)
    assert.deepEqual(seen(), [])
    allowPages(1000)
    await add('later')
    assert.deepEqual(seen(), ['later'])
  })
})

describe('closing', () => {
  test('commits what waits for a commit', async (t) => {
    const { db, path, groups, insert } = open(t)
    await groups.begin()
    insert('a')
    const first = groups.commit()
    groups.close()
    db.close()
    await first
    const later = new DatabaseSync(path)
    t.after(() => later.close())
    assert.equal(later.prepare('select name from item').all().length, 1)
    db.open()
  })

  test('fails those that wait for their commit under an open transaction', async (t) => {
    const { groups, insert, seen } = open(t)
    await groups.begin()
    insert('a')
    const first = groups.commit()
    await groups.begin()
    groups.close()
    await assert.rejects(first, /was closed/)
    assert.deepEqual(seen(), [])
  })
})

describe('a turn', () => {
  test('is refused when it does not come in time, and the next one starts', async (t) => {
    const { groups, insert, add, seen } = open(t)
    t.mock.timers.enable({ apis: ['setTimeout'] })
    await groups.begin()
    insert('slow')
    const tooLate = groups.begin()
    t.mock.timers.tick(9_999)
    const inTime = add('in time')
    const refused = assert.rejects(tooLate, /the database is busy/)
    t.mock.timers.tick(1)
    await refused
    const slow = groups.commit()
    await Promise.all([slow, inTime])
    t.mock.timers.tick(20_000)
    assert.deepEqual(seen(), ['in time', 'slow'])
  })

  test('passes to the next when another process has locked the database', async (t) => {
    const { path, groups, add, seen } = open(t)
    const other = new DatabaseSync(path)
    t.after(() => other.close())
    other.exec('begin immediate')
    await assert.rejects(groups.begin(), /locked/)
    await assert.rejects(groups.begin(), /locked/)
    other.exec('rollback')
    await add('a')
    assert.deepEqual(seen(), ['a'])
  })
})
