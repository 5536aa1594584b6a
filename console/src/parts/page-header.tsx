import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useText } from '../text/use-text.ts'
import css from './page-header.module.css'

interface PageHeaderProps {
  title: string
  lead?: ReactNode
  detail?: ReactNode
  children?: ReactNode
}

/** The bar over a page: what it is, how much there is, what can be done. */
export function PageHeader({ title, lead, detail, children }: PageHeaderProps) {
  const { title: product } = useText()
  useEffect(() => {
    document.title = `${title} · ${product}`
  }, [title, product])
  return (
    <header className={css.header}>
      {lead}
      <h1 className={css.title}>{title}</h1>
      {detail !== undefined && <span className={css.detail}>{detail}</span>}
      <div className={css.actions}>{children}</div>
    </header>
  )
}
