import { useEffect, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'

const TOLD_MS = 1_200

/** @param label what is copied, in words */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const { actions } = useText()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), TOLD_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={copied ? actions.copied : label}
      className={className}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    />
  )
}
