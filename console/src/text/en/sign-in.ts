import type { Messages } from '../zh.ts'

export const signIn: Messages['signIn'] = {
  title: 'Sign in to Shenpi',
}
