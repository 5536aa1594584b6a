import { hasMembers } from './has-members.ts'

/** What stands in a value at a path such as `img_info.media_id` or `items.0.id`; undefined where there is no such member. */
export const memberAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((member, name) => (hasMembers(member) ? member[name] : undefined), value)
