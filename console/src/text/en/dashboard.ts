import { plural } from '../plural.ts'
import type { Messages } from '../zh.ts'

const ways: Messages['dashboard']['perDay']['ways'] = {
  staff: 'Staff',
  key: 'API keys',
  quick: 'Quick review',
  rule: 'Other rules',
}

export const dashboard: Messages['dashboard'] = {
  title: 'Dashboard',
  tables: 'Tables',
  period: 'Period',
  days: (count) => `${count} d`,
  empty: {
    title: 'Nothing to count yet',
    body: 'Once merchants apply, this page tells what waits, what is decided each day and how long that takes.',
  },
  speed: {
    title: 'Time to decision',
    onTime: 'Within three working days',
    lateOnes: (late) => (late > 0 ? `${late.toLocaleString('en')} late` : 'none late'),
    median: 'Median',
    p90: 'Nine in ten within',
    working: 'working days of 24 hours',
    decided: 'Decided',
    byPeople: 'by staff and API keys',
    hours: (hours) => (hours < 1 ? `${Math.round(hours * 60)} min` : `${hours.toFixed(1)} h`),
  },
  perDay: {
    title: 'Decided each day',
    hint: 'By what decided',
    day: 'Day',
    sum: 'Sum',
    ways,
    tells: (of) =>
      `${ways.staff} ${of.staff}, ${ways.key} ${of.key}, ${ways.quick} ${of.quick}, ${ways.rule} ${of.rule}`,
    summary: (label, days, total, most) =>
      `${label}: ${total} on ${plural(days, 'day')}, ${most} at most on one. Press T for the table.`,
  },
  open: {
    title: 'Under review',
    total: (count, oldest) =>
      `${plural(count, 'application')}, by when they are due${oldest ? `; the oldest came ${oldest}` : ''}`,
    due: 'Due',
    count: 'Applications',
    overdue_long: 'Over three days late',
    overdue: 'Late',
    today: 'Due today',
    tomorrow: 'Due tomorrow',
    later: 'Later',
  },
  load: {
    title: 'Load',
    hint: 'What each has decided; what was late is red',
    who: 'Who',
    decided: 'Decided',
    late: 'Late',
    told: (decided, late) =>
      late > 0 ? `${decided.toLocaleString('en')} (${late.toLocaleString('en')} late)` : decided.toLocaleString('en'),
    actor: (actor) => actor.replace(/^staff:/, '').replace(/^key:/, 'key '),
    none: 'Nobody has decided anything in this time.',
  },
  agreement: {
    title: 'Agreement of samples',
    hint: 'How often a second reviewer comes to the same',
    of: 'Of',
    drawn: 'Drawn',
    answered: 'Reviewed',
    agreed: 'Agreed',
    moves: { approve: 'approved', reject: 'rejected' },
    share: (agreed, answered) => `${Math.floor((100 * agreed) / answered)} % (${agreed}/${answered})`,
    none: 'No samples were drawn in this time. The policy says how many are.',
  },
  callbacks: {
    title: 'Callbacks',
    behind: (seconds) =>
      seconds > 0 ? `Last 24 hours; the oldest has waited ${plural(seconds, 'second')}` : 'Last 24 hours; none waits',
    state: 'State',
    count: 'Messages',
    states: { pending: 'Waiting', delivered: 'Delivered', failed: 'Failed', unaddressed: 'No address' },
  },
}
