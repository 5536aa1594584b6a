import { plural } from '../plural.ts'
import type { Messages } from '../zh.ts'

export const queue: Messages['queue'] = {
  title: 'Queue',
  count: (count) => plural(count, 'application'),
  atLeast: (count) => `${count.toLocaleString('en')}+ applications`,
  due: {
    label: 'Due',
    all: 'All',
    overdue: 'Overdue',
    today: 'Due today',
    later: 'Later',
    uncertain: 'The holidays of that year are not known yet, the due time may change',
  },
  kind: { label: 'Kind', all: 'All kinds' },
  state: { label: 'State' },
  claim: { label: 'Claim', all: 'Any', mine: 'Mine', free: 'Free', others: 'Others’', me: 'You' },
  stage: { label: 'Stage', all: 'Any stage' },
  views: {
    title: 'Saved views',
    shared: 'For everybody',
    save: 'Save view',
    change: (name) => `Change the view “${name}”`,
    name: 'Name',
    forAll: 'For everybody',
    delete: 'Delete view',
    missing: 'Give it a name.',
    tooLong: (max) => `A name has at most ${max} characters.`,
  },
  account: { label: 'Account' },
  columns: {
    due: 'Due',
    kind: 'Kind',
    summary: 'Application',
    account: 'Account',
    applied: 'Submitted',
    decided: 'Decided',
  },
  search: 'Phone, e-mail, licence number or AppID',
  results: {
    none: 'Nothing found',
    noneBody:
      'Search for an application’s number, a phone, an e-mail, a licence number, a contact, an AppID or an account.',
    more: 'There is more: type more of it.',
    by: {
      id: 'number',
      audit_id: 'audit_id',
      appid: 'AppID',
      name: 'name',
      phone: 'phone',
      email: 'e-mail',
      contact: 'contact',
      licence: 'licence',
      picture: 'picture',
      photo: 'photo',
    },
  },
  clear: 'Clear the filters',
  refresh: 'Refresh',
  changes: ({ arrived, changed }) =>
    `${
      [...(arrived > 0 ? [`${arrived} new`] : []), ...(changed > 0 ? [`${changed} changed`] : [])].join(', ') ||
      'May have changed'
    }: show`,
  rowChanged: 'Changed',
  empty: {
    title: 'Nothing waits for a review',
    body: 'New applications appear here as they are submitted.',
    filtered: 'No application fits these filters',
    filteredBody: 'Widen or clear the filters and look again.',
  },
  chosen: (count) => `${count} chosen`,
  resubmitted: 'Resubmitted',
  end: 'That is all',
  loadingMore: 'Loading more…',
  claimedBy: (by) => `${by} is reviewing it`,
  bulk: {
    clear: 'Choose none',
    kinds: 'Only applications of one kind are decided together',
    tooMany: (max) => `At most ${max} at once`,
    notAllowed: 'Only a lead decides many at once',
    title: {
      approve: (count) => `Approve ${plural(count, 'application')}`,
      reject: (count) => `Reject ${plural(count, 'application')}`,
    },
    send: { approve: (count) => `Approve ${count}`, reject: (count) => `Reject ${count}` },
    done: { approve: (count) => `Approved ${count}`, reject: (count) => `Rejected ${count}` },
    counts: ({ outcome, second_opinion, refused }) =>
      [
        `${outcome} have their outcome`,
        ...(second_opinion > 0 ? [`${second_opinion} need a second opinion`] : []),
        ...(refused > 0 ? [`${refused} cannot be decided: choose without them`] : []),
      ].join(', '),
  },
  choose: (summary) => `Choose ${summary}`,
}
