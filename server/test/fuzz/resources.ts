import type { ReferenceKind } from './reference.ts'

type Entry = Readonly<Record<string, unknown>>

/** The resources of one kind that were seen last; those that are gone sink to its end. */
class Pool {
  static readonly #SIZE = 48
  readonly #entries = new Map<string, Entry>()

  put(key: string, entry: Entry): void {
    this.remove(key)
    this.#entries.set(key, entry)
    const [oldest = key] = this.#entries.keys()
    if (this.#entries.size > Pool.#SIZE) this.remove(oldest)
  }

  remove(key: string): void {
    this.#entries.delete(key)
  }

  /** @param pick 0 is the one that was seen last */
  at(pick: number): Entry | undefined {
    const entries = [...this.#entries.values()]
    return entries.at(-1 - (pick % entries.length))
  }
}

/** The owner of a resource that no account owns, or that staff see of every account. */
export const ANYONE = ''

/** What the server has given out so far, by owner. */
export class Resources {
  readonly #pools = new Map<string, Pool>()

  put(owner: string, kind: ReferenceKind, entry: Entry, key: unknown = Object.values(entry)[0]): void {
    const name = `${owner} ${kind}`
    const pool = this.#pools.get(name) ?? new Pool()
    this.#pools.set(name, pool)
    pool.put(String(key), entry)
  }

  remove(owner: string, kind: ReferenceKind, key: string): void {
    this.#pools.get(`${owner} ${kind}`)?.remove(key)
  }

  find(owner: string, kind: ReferenceKind, pick: number): Entry | undefined {
    return this.#pools.get(`${owner} ${kind}`)?.at(pick)
  }

  /**
   * Record the resources in an answer, however deep they are.
   *
   * @param owner the owner where the answer does not name one
   * @param source the call that was answered: cursors are good for it alone
   */
  learn(owner: string, source: string, value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value) this.learn(owner, source, item)
      return
    }
    const members = value as Record<string, unknown>
    const whose = typeof members.appid === 'string' ? members.appid : owner
    this.#learnMembers(whose, source, members)
    for (const member of Object.values(members)) this.learn(whose, source, member)
  }

  #learnMembers(owner: string, source: string, members: Record<string, unknown>): void {
    const { uuid, major, minor } = members
    const has = (name: string) => typeof members[name] === 'string' && members[name] !== ''
    const number = (name: string) => typeof members[name] === 'number' && members[name] > 0
    if (number('device_id') && has('uuid')) {
      this.put(owner, 'device', { device_id: members.device_id, uuid, major, minor })
    }
    if (number('page_id')) this.put(owner, 'page', { page_id: members.page_id })
    if (number('group_id') && 'group_name' in members) this.put(owner, 'group', { group_id: members.group_id })
    if (number('apply_id')) this.put(owner, 'batch', { apply_id: members.apply_id })
    if (Number(members.poi_id) > 0 && !has('poi_appid')) {
      this.put(owner, 'store', { poi_id: Number(members.poi_id), poi_appid: owner })
    }
    if (has('lottery_id')) this.put(owner, 'lottery', { lottery_id: members.lottery_id })
    if (has('audit_id')) this.put(owner, 'audit', { audit_id: members.audit_id })
    // Of a page that was shown: a red packet has one of another sort.
    if (has('ticket') && has('url')) this.put(owner, 'ticket', { ticket: members.ticket })
    for (const name of ['pic_url', 'temp_img_url', 'media_id', 'url']) {
      if (has(name)) this.#learnPicture(owner, String(members[name]))
    }
    if (has('next_cursor')) this.put(ANYONE, `cursor ${source}`, { cursor: members.next_cursor })
    if (has('audit_id') && has('id')) this.#learnApplication(members)
    this.#learnOfStaff(owner, members)
    if (has('event') && has('id')) this.put(ANYONE, 'delivery', { id: members.id })
    if (number('third_cat_id') && number('first_cat_id')) {
      const { first_cat_id: level1, second_cat_id: level2, third_cat_id: level3 } = members
      this.put(ANYONE, 'category', { level3, level1, level2 })
    }
  }

  #learnPicture(owner: string, reference: string): void {
    const kind = /wechat_shakearound_pic/.test(reference) ? 'icon' : /wx_shake_bus/.test(reference) ? 'license' : ''
    if (kind) this.put(owner, kind, { [kind]: reference })
    else if (/\/mmbiz\//.test(reference)) this.put(owner, 'photo', { photo: reference })
    else if (/\/p\/wx|^wxashop_/.test(reference)) this.put(owner, 'picture', { picture: reference })
  }

  /** What staff have and make. */
  #learnOfStaff(owner: string, members: Record<string, unknown>): void {
    const { id, name, link, reason_no, version, kind, challenge, view_no, shared } = members
    const has = (...names: string[]) => names.every((each) => each in members)
    if (has('id', 'drawn_at')) this.put(ANYONE, 'sample', { id })
    if (has('id', 'until', 'total')) this.put(ANYONE, 'bulk', { id })
    if (has('reason_no', 'version', 'kind')) this.put(ANYONE, 'reason', { reason_no, version, kind })
    if (has('view_no', 'name')) this.put(shared ? ANYONE : owner, shared ? 'shared_view' : 'own_view', { view_no })
    if (has('name', 'key')) this.put(ANYONE, 'key', { name })
    if (has('id', 'link')) this.put(ANYONE, 'invitation', { id, token: String(link).split('#')[1] })
    if (has('id', 'is_this')) this.put(owner, 'session', { id })
    if (has('challenge', 'secret')) this.put(owner, 'new_totp', { challenge })
  }

  #learnApplication({ id, audit_id, version, kind, state, scheduled, pictures }: Record<string, unknown>): void {
    const entry = { id, audit_id, version }
    for (const { field, position, url } of Array.isArray(pictures) ? pictures : []) {
      if (url) this.put(ANYONE, 'application_picture', { id, field, position }, `${id} ${field} ${position}`)
    }
    this.put(ANYONE, 'application', entry)
    if (scheduled) this.put(ANYONE, 'scheduled', { id })
    if (kind === 'device_batch' && state === 'approved') this.put(ANYONE, 'approved_batch', { id })
    if (state === 'under_review') this.put(ANYONE, 'open_application', entry)
    else this.remove(ANYONE, 'open_application', String(id))
  }
}
