import { accounts } from './en/accounts.ts'
import { application } from './en/application.ts'
import { callbacks } from './en/callbacks.ts'
import { dashboard } from './en/dashboard.ts'
import { fields } from './en/fields.ts'
import { problems } from './en/problems.ts'
import { queue } from './en/queue.ts'
import { samples } from './en/samples.ts'
import { settings } from './en/settings.ts'
import { shortcuts } from './en/shortcuts.ts'
import { signIn } from './en/sign-in.ts'
import { staff } from './en/staff.ts'
import { states } from './en/states.ts'
import type { Messages } from './zh.ts'

export const en: Messages = {
  title: 'Shenpi',
  shell: {
    skip: 'Skip to the content',
    navigation: 'Main',
    search: 'Search…',
    queue: 'Queue',
    accounts: 'Accounts',
    callbacks: 'Callbacks',
    samples: 'Samples',
    dashboard: 'Dashboard',
    settings: 'Settings',
    reasons: 'Reasons',
    policy: 'Policy',
    staff: 'Staff and keys',
    trail: 'Trail',
    sandbox: 'Sandbox',
    missingYear: (year) => `The holidays of ${year} are missing: due times go by weekends alone.`,
    loadYear: 'Load them',
    apiDocs: 'API reference',
    menu: 'Your menu',
    signOut: 'Sign out',
    language: 'Language',
    scheme: 'Appearance',
    schemes: { system: 'System', light: 'Light', dark: 'Dark' },
    languages: { zh: '中文', en: 'English' },
    notices: 'Notices',
    help: 'Keyboard shortcuts',
    offline: 'The connection is lost. It is tried again by itself.',
  },
  actions: {
    cancel: 'Cancel',
    close: 'Close',
    retry: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    save: 'Save',
    back: 'Back',
    undo: 'Undo',
    more: 'More',
    remove: 'Remove',
    export: 'Export',
    csv: 'CSV',
    xlsx: 'Excel (XLSX)',
  },
  palette: {
    label: 'Search or jump to',
    placeholder: 'Application number, AppID or command…',
    none: 'Nothing matches',
    commands: 'Commands',
    applications: 'Applications',
    open: 'Open application',
    account: 'Applications of this account',
    hint: 'choose',
    run: 'run',
  },
  help: {
    title: 'Keyboard shortcuts',
    or: 'or',
    groups: { everywhere: 'Everywhere', queue: 'Queue', application: 'Application', pictures: 'Pictures' },
  },
  failure: {
    title: 'This page cannot be shown',
    unanswered: 'The server does not answer.',
    unknown: 'Something went wrong.',
    notFound: 'There is no such page.',
    forbidden: 'Your roles do not include this page.',
  },
  loading: 'Loading…',
  shortcuts,
  accounts,
  application,
  callbacks,
  dashboard,
  fields,
  problems,
  queue,
  samples,
  settings,
  signIn,
  staff,
  states,
}
