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
  claim: { label: 'Claim', all: 'Any', mine: 'Mine', free: 'Free', others: 'Others’' },
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
  clear: 'Clear the filters',
  refresh: 'Refresh',
  changed: (count) => `${plural(count, 'change')}: show`,
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
  choose: (summary) => `Choose ${summary}`,
}
