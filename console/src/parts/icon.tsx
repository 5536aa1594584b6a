import css from './icon.module.css'

/** Outlines on a grid of 16 by 16. */
const PATHS = {
  queue: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  account: 'M3 7.5V13h10V7.5M2.5 7.5L4 3h8l1.5 4.5zM6.5 13v-3h3v3',
  send: 'M13.5 2.5L2.5 7l4.5 2 2 4.5zM13.5 2.5L7 9',
  chart: 'M2.5 13.5h11M4.5 13.5V8M8 13.5v-11M11.5 13.5V5.5',
  settings: 'M2.5 5h5m4 0h2M2.5 11h2m4 0h5M9.5 3.2v3.6M6.5 9.2v3.6',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.3a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.1v.2M8 11.3v.1',
  book: 'M3 3.2c2-.6 3.6-.4 5 .6 1.4-1 3-1.2 5-.6v9.3c-2-.6-3.6-.4-5 .6-1.4-1-3-1.2-5-.6zM8 3.8v9.3',
  signOut: 'M6 2.5H3.5v11H6M10 5l3 3-3 3M6.5 8H13',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4L6 8l4 4',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  overdue: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.1',
  today: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.5',
  later: 'M3 3.5h10v10H3zM3 6.5h10M5.5 2v2.5M10.5 2v2.5',
  refresh: 'M13 3v3.5H9.5M12.7 6.3A5.2 5.2 0 1 0 13.2 9',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  rotate: 'M3 3v3.5h3.5M3.3 6.3A5.2 5.2 0 1 1 2.8 9',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 3h11v10h-11zM5.5 6h5v4h-5z',
  enlarge: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  compare: 'M2.5 3.5h4.5v9H2.5zM9 3.5h4.5v9H9z',
  again: 'M4 5.5h6.5a3 3 0 0 1 0 6H6M6.5 3L4 5.5 6.5 8',
  reject: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  approved: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.3 8.2l1.9 1.9 3.5-3.8',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.5c.5-2.5 2.5-4 5.2-4s4.7 1.5 5.2 4',
  picture: 'M2.5 3h11v10h-11zM2.5 11l3.5-3.5 3 3 2-2 2.5 2.5M10.5 6v.1',
  policy: 'M8 2l5 2v4c0 3-2.2 5-5 6-2.8-1-5-3-5-6V4zM5.8 8l1.6 1.6 3-3.2',
  people:
    'M6 7.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM1.8 13c.4-2.2 2-3.5 4.2-3.5s3.8 1.3 4.2 3.5M10.5 2.9a2.4 2.4 0 0 1 0 4.4M11.8 9.7c1.4.5 2.2 1.7 2.5 3.3',
  trail: 'M6.5 5H5a3 3 0 0 0 0 6h1.5M9.5 5H11a3 3 0 0 1 0 6H9.5M5.5 8h5',
  download: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.5h10',
  more: 'M3.1 8a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0M7.6 8a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0M12.1 8a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0',
  note: 'M3 2.5h10v8l-3 3H3zM10 13.5v-3h3M5.5 6h5M5.5 8.5h3',
} as const

export type IconName = keyof typeof PATHS

/** Decoration: what it means stands in words beside it, or in its button's label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={css.icon} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
