import css from './skeleton.module.css'

/** Where something is about to be, of the same size, so that nothing jumps when it comes. */
export function Skeleton({ width = '100%', height = '1rem' }: { width?: string; height?: string }) {
  return <span className={css.skeleton} style={{ width, height }} aria-hidden="true" />
}
