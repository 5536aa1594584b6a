/** Where a shortcut is listed in the help. */
export const SHORTCUT_GROUPS = ['everywhere', 'queue', 'application', 'pictures'] as const
export type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number]

interface Shortcut {
  group: ShortcutGroup
  /** Any of these; `mod` is Ctrl, or Cmd on a Mac; a blank stands between keys that are pressed one after the other. */
  keys: readonly [string, ...string[]]
  /** Goes on while the key is held down. A decision never does. */
  repeats?: true
  /** Works while something is typed. */
  whileTyping?: true
}

const table = <Name extends string>(shortcuts: Record<Name, Shortcut>) => shortcuts

/** Every shortcut, once: the pages answer by its name, `?` shows it, the palette runs it. */
export const SHORTCUTS = table({
  palette: { group: 'everywhere', keys: ['mod+k'], whileTyping: true },
  help: { group: 'everywhere', keys: ['?'] },
  goQueue: { group: 'everywhere', keys: ['g q'] },
  goAccounts: { group: 'everywhere', keys: ['g a'] },
  goCallbacks: { group: 'everywhere', keys: ['g c'] },
  goReasons: { group: 'everywhere', keys: ['g r'] },
  goPolicy: { group: 'everywhere', keys: ['g p'] },
  goStaff: { group: 'everywhere', keys: ['g m'] },
  goTrail: { group: 'everywhere', keys: ['g t'] },
  goSamples: { group: 'everywhere', keys: ['g e'] },
  goDashboard: { group: 'everywhere', keys: ['g o'] },
  goSettings: { group: 'everywhere', keys: ['g s'] },
  toggleTables: { group: 'everywhere', keys: ['t'] },
  undo: { group: 'everywhere', keys: ['z'] },
  back: { group: 'everywhere', keys: ['u', 'Escape'] },
  toggleScheme: { group: 'everywhere', keys: ['g d'] },
  toggleLanguage: { group: 'everywhere', keys: ['g l'] },

  nextRow: { group: 'queue', keys: ['j', 'ArrowDown'], repeats: true },
  previousRow: { group: 'queue', keys: ['k', 'ArrowUp'], repeats: true },
  openRow: { group: 'queue', keys: ['Enter', 'o'] },
  chooseRow: { group: 'queue', keys: ['x'] },
  search: { group: 'queue', keys: ['/'] },
  filterKind: { group: 'queue', keys: ['f'] },
  filterDue: { group: 'queue', keys: ['d'] },
  saveView: { group: 'queue', keys: ['s'] },
  refresh: { group: 'queue', keys: ['r'] },
  clearFilters: { group: 'queue', keys: ['Escape'] },

  approve: { group: 'application', keys: ['a'] },
  reject: { group: 'application', keys: ['r'] },
  sendDecision: { group: 'application', keys: ['mod+Enter'], whileTyping: true },
  nextApplication: { group: 'application', keys: ['j'] },
  previousApplication: { group: 'application', keys: ['k'] },
  backToQueue: { group: 'application', keys: ['u', 'Escape'] },
  writeNote: { group: 'application', keys: ['n'] },
  copyId: { group: 'application', keys: ['y'] },

  nextPicture: { group: 'pictures', keys: ['p', ']'], repeats: true },
  previousPicture: { group: 'pictures', keys: ['P', '['], repeats: true },
  zoomIn: { group: 'pictures', keys: ['+', '='], repeats: true },
  zoomOut: { group: 'pictures', keys: ['-'], repeats: true },
  fitPicture: { group: 'pictures', keys: ['0'] },
  rotate: { group: 'pictures', keys: ['o'] },
  comparePictures: { group: 'pictures', keys: ['c'] },
  enlarge: { group: 'pictures', keys: ['v'] },
})

export type ShortcutName = keyof typeof SHORTCUTS
export const SHORTCUT_NAMES = Object.keys(SHORTCUTS).filter((name): name is ShortcutName => name in SHORTCUTS)
export const shortcutOf = (name: ShortcutName): Shortcut => SHORTCUTS[name]
