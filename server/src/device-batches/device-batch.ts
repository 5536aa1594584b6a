/** The device IDs of one application, a range. A device that nobody has touched is not a row. */
export interface DeviceBatch {
  applicationNo: number
  firstDeviceId: number
  lastDeviceId: number
  /** How many devices the account had before. */
  accountOffset: number
  comment: string
  /** 0 without a store. */
  poiId: number
  allocatedAt: Date
}
