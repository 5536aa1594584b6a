import type { CalendarFileFault } from '@shenpi/sdk/contract/calendar-file'
import type { CalendarSource, PolicySetting } from '@shenpi/sdk/contract/states'

const settings: Record<PolicySetting, { title: string; hint: string; unit: string }> = {
  undo_seconds: { title: '撤销时间', hint: '人工决定生效前可以撤销的时间；0 表示立即生效。', unit: '秒' },
  second_opinion: { title: '第二意见', hint: '这些申请须由两人分别通过。', unit: '' },
  samples: { title: '抽样复审', hint: '按比例抽取已作出的决定，由另一人复审；结果不变。', unit: '' },
  quick_review_max: { title: '快速审核上限', hint: '不超过此数量的设备申请立即通过。', unit: '个设备' },
  device_ceiling: { title: '设备上限', hint: '新账号最多可拥有的设备数。', unit: '个设备' },
  active_devices_min: { title: '设备激活率', hint: '账号继续申请设备前须达到的激活比例；0 表示不要求。', unit: '%' },
  review_working_days: { title: '审核工作日', hint: '审核应在多少个工作日内完成。', unit: '个工作日' },
}

const faults: Record<CalendarFileFault, string> = {
  no_date: '不是有效日期',
  other_year: '属于其他年份',
  twice: '重复出现',
  worked_anyway: '不是周六或周日，不能作为调休上班日',
  national_day: '缺少国庆节（10 月 1 日）',
  no_json: 'JSON 格式错误',
  no_lists: '缺少此列表',
  no_word: '日期后应写“休”或“班”',
  empty: '文件为空',
}

const sources: Record<CalendarSource, string> = { built_in: '内置', loaded: '已载入', unknown: '未知' }

export const policy = {
  title: '策略',
  version: (version: number) => `版本 ${version}`,
  readOnly: '你可以查看，但只有管理员可以修改。',
  values: '设置',
  valuesHint: '修改立即生效，并记入审计记录；未注明修改人的，是环境变量给出的初始值。',
  settings,
  change: '修改',
  changeTitle: (title: string) => `修改${title}`,
  from: {
    pinned: '由环境变量固定，此处不能修改',
    changed: (by: string, at: string, reason: string) => `${by} 于 ${at} 修改：${reason}`,
    changedBefore: '曾在控制台修改',
  },
  none: '无',
  off: '关闭',
  why: '修改原因',
  whyHint: '写入审计记录，所有人可见。',
  whole: (min: number, max: number) => `请填写 ${min} 到 ${max.toLocaleString('zh-CN')} 之间的整数。`,
  stale: '你打开此页后，策略已被他人修改。你填写的内容仍在，请核对后再次保存：',
  nowIs: (value: string) => `当前值：${value}`,
  rule: {
    add: '添加规则',
    kind: '类型',
    any: '所有申请',
    above: '仅当此项大于',
    always: '总是',
    reviewer: '审核员（留空表示所有人）',
    percent: '比例（%）',
    allKinds: '所有类型',
    opinion: (kind: string, field?: string, above?: number) =>
      field === undefined ? kind : `${kind}：${field} > ${above?.toLocaleString('zh-CN')}`,
    sample: (kind: string, percent: number, reviewer?: string) =>
      `${reviewer ? `${reviewer} · ` : ''}${kind} · ${percent}%`,
  },
  versions: '修改记录',
  versionsHint: '每次修改都会保留。',
  noVersions: '还没有修改过，全部为初始值。',
  older: '更早的修改',
  fromTo: (title: string, from: string, to: string) => `${title}：${from} → ${to}`,
  calendar: '节假日',
  calendarHint: '到期时间按工作日计算：休息日不计，调休上班日计入。',
  year: '年份',
  yearOf: (year: number) => `${year} 年`,
  sources,
  loadedAt: (at: string) => `${at} 载入`,
  unknownYear: '这一年的节假日尚不清楚，只按周末计算。公布后请载入文件。',
  legend: { holiday: '休息', workday: '调休上班', weekend: '周末' },
  month: (month: number) => `${month} 月`,
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  dayTitle: (date: string, what: string) => `${date} ${what}`,
  load: '载入文件',
  file: {
    title: '载入一年的节假日',
    hint: '每行一个日期和“休”或“班”，例如 2027-01-01,休；也可用含 holidays 与 workdays 的 JSON。',
    choose: '选择文件',
    tooLarge: '文件过大。',
    wrong: (count: number) => `有 ${count} 处错误，没有载入任何内容：`,
    line: (line: number) => `第 ${line} 行`,
    faults,
    holidays: (count: number) => `${count} 天休息`,
    workdays: (count: number) => `${count} 天调休上班`,
    replaces: '将替换已知的这一年。',
    added: '新增',
    removed: '取消',
    moved: (moved: number, lookedAt: number, isAll: boolean) =>
      isAll
        ? `${lookedAt} 件待审核申请中，${moved} 件的到期时间会变化。`
        : `最紧急的 ${lookedAt} 件待审核申请中，${moved} 件的到期时间会变化；其余的也可能变化。`,
    counting: '正在计算受影响的申请…',
    apply: '载入',
    done: (year: number) => `已载入 ${year} 年的节假日，到期时间将在一分钟内更新`,
  },
}
