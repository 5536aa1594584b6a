/** How a picture is looked at. */
export interface View {
  /** 1 fits it into its stage. */
  zoom: number
  /** Clockwise. Unit: quarters. */
  quarters: number
  /** How far it is pushed. Unit: CSS pixels. */
  x: number
  y: number
}

export const FITTED: View = { zoom: 1, quarters: 0, x: 0, y: 0 }
const STEP = 1.3
const ZOOM_MAX = 12

/** @param steps inwards; outwards below zero, where it fits again at last */
export function zoomed(view: View, steps: number): View {
  const zoom = Math.min(Math.max(view.zoom * STEP ** steps, 1), ZOOM_MAX)
  const share = zoom / view.zoom
  return zoom === 1 ? { ...FITTED, quarters: view.quarters } : { ...view, zoom, x: view.x * share, y: view.y * share }
}

export const turned = (view: View): View => ({ ...FITTED, zoom: view.zoom, quarters: view.quarters + 1 })

export interface Size {
  width: number
  height: number
}

/** How large a picture is drawn, before it is turned. */
export function drawnSize(picture: Size, stage: Size, { zoom, quarters }: View): Size {
  const across = quarters % 2 === 0 ? picture : { width: picture.height, height: picture.width }
  const fit = Math.min(stage.width / across.width, stage.height / across.height) * zoom
  return { width: picture.width * fit, height: picture.height * fit }
}
