import type { Messages } from '../zh.ts'

export const samples: Messages['samples'] = {
  title: 'Samples',
  hint: 'Judged a second time',
  blind: 'The decision is not shown',
  more: 'Load more',
  note: 'Note, if you like',
  empty: {
    title: 'No sample waits for you',
    body: 'Decisions that the policy draws appear here for people who had no part in them. What you say changes no outcome.',
  },
  agrees: 'You agree.',
  differs: 'You differ.',
  told: {
    approve: (by) => `${by} approved this application.`,
    reject: (by) => `${by} rejected this application.`,
  },
  next: 'Next',
  done: 'Back to the list',
}
