import type { ExportFormat } from '@shenpi/sdk/contract/states'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'
import { Menu } from './menu.tsx'
import { useFailureNotice } from './use-failure-notice.ts'

/** @param label what is exported, in words */
export function ExportMenu({ label, onExport }: { label: string; onExport: (format: ExportFormat) => Promise<void> }) {
  const { actions } = useText()
  const tell = useFailureNotice()
  return (
    <Menu
      label={label}
      trigger={<IconButton icon="download" label={label} />}
      sections={[
        {
          items: [
            { label: actions.xlsx, icon: 'download', onClick: () => void onExport('xlsx').catch(tell) },
            { label: actions.csv, icon: 'download', onClick: () => void onExport('csv').catch(tell) },
          ],
        },
      ]}
    />
  )
}
