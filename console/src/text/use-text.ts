import type { Language } from '@shenpi/sdk/contract/states'
import { usePreferences } from '../data/preferences.ts'
import { en } from './en.ts'
import { type Messages, zh } from './zh.ts'

const TEXTS: Readonly<Record<Language, Messages>> = { zh, en }

/** The texts in the language that was chosen. */
export const useText = (): Messages => TEXTS[usePreferences().language]
