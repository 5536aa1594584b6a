import module from 'node:module'

/**
 * Find a module without asking the disk where another one with the same ending was found in its folder: it stands where its
 * import says, and is of the same format. Node looks for a file anew for every import of it, and a start follows some
 * thousand of them. What is not there fails when it is read.
 *
 * @returns ends it
 */
export function findNeighbours() {
  /** What Node calls the format of such modules, by folder and ending. */
  const formats = new Map()
  const hooks = module.registerHooks({
    resolve(specifier, context, findOnDisk) {
      const isNeighbour =
        context.parentURL && context.conditions.includes('import') && /^\.\.?\/.*\.m?[jt]s$/.test(specifier)
      if (!isNeighbour) return findOnDisk(specifier, context)
      const { href: url } = new URL(specifier, context.parentURL)
      const kind = url.replace(/[^/]*(?=\.\w+$)/, '')
      const format = formats.get(kind)
      if (format) return { url, format, shortCircuit: true }
      const found = findOnDisk(specifier, context)
      if (found.url === url && found.format) formats.set(kind, found.format)
      return found
    },
  })
  return () => hooks.deregister()
}
