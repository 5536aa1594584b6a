/** The sandbox's own account: fixed and public, so that the documents' examples work as they stand. */
export const SANDBOX_ACCOUNT = {
  name: 'Sandbox merchant',
  appid: 'wx5a6e70692d73616e',
  originalId: 'gh_5a6e7069626f',
  secret: '73616e64626f782d736563726574203a',
} as const
