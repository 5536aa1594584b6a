import type { Language } from '@shenpi/sdk/contract/states'
import { usePreferences } from '../data/preferences.ts'

/** The texts of a page that brings its own, in the language that was chosen: the first page does not wait for them. */
export const usePageText = <Text>(texts: Readonly<Record<Language, Text>>): Text => texts[usePreferences().language]
