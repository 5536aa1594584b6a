import { usePreferences } from '../data/preferences.ts'

/** Numbers with their thousands parted. */
export function useNumbers(): (number: number) => string {
  const { language } = usePreferences()
  return (number) => number.toLocaleString(language === 'zh' ? 'zh-CN' : 'en')
}
