import type { DecisionWay, DeliveryState, Move } from '@shenpi/sdk/contract/states'

const ways: Record<DecisionWay, string> = { staff: '审核人员', key: '接口密钥', quick: '快速审核', rule: '其他规则' }
const deliveries: Record<DeliveryState, string> = {
  pending: '等待送达',
  delivered: '已送达',
  failed: '送达失败',
  unaddressed: '没有回调地址',
}
const moves: Record<Move, string> = { approve: '通过', reject: '驳回' }

export const dashboard = {
  title: '概览',
  tables: '数据表',
  period: '时间范围',
  days: (count: number) => `${count} 天`,
  empty: {
    title: '还没有可统计的内容',
    body: '商户提交申请后，这里会显示待审核的数量、每天的决定和审核用时。',
  },
  speed: {
    title: '审核时效',
    onTime: '三个工作日内完成',
    lateOnes: (late: number) => (late > 0 ? `${late.toLocaleString('en')} 件逾期` : '没有逾期'),
    median: '用时中位数',
    p90: '九成在此时间内完成',
    working: '按工作日计，每天 24 小时',
    decided: '已决定',
    byPeople: '由审核人员和接口密钥',
    hours: (hours: number) => (hours < 1 ? `${Math.round(hours * 60)} 分钟` : `${hours.toFixed(1)} 小时`),
  },
  perDay: {
    title: '每天的决定',
    hint: '按决定方式',
    day: '日期',
    sum: '合计',
    ways,
    tells: (of: Readonly<Record<DecisionWay, number>>) =>
      `${ways.staff} ${of.staff}，${ways.key} ${of.key}，${ways.quick} ${of.quick}，${ways.rule} ${of.rule}`,
    summary: (label: string, days: number, total: number, most: number) =>
      `${label}：${days} 天共 ${total} 件，单日最多 ${most} 件。按 T 查看数据表。`,
  },
  open: {
    title: '待审核',
    total: (count: number, oldest: string | null) =>
      `共 ${count.toLocaleString('en')} 件，按到期时间${oldest ? `；最早的一件${oldest}提交` : ''}`,
    due: '到期',
    count: '件数',
    overdue_long: '逾期超过三天',
    overdue: '逾期三天以内',
    today: '今天到期',
    tomorrow: '明天到期',
    later: '以后到期',
  },
  load: {
    title: '工作量',
    hint: '每人决定的件数，红色部分为逾期',
    who: '决定人',
    decided: '已决定',
    late: '逾期',
    told: (decided: number, late: number) =>
      late > 0 ? `${decided.toLocaleString('en')}（逾期 ${late.toLocaleString('en')}）` : decided.toLocaleString('en'),
    actor: (actor: string) => actor.replace(/^staff:/, '').replace(/^key:/, '密钥 '),
    none: '这段时间没有人作出决定。',
  },
  agreement: {
    title: '抽查一致率',
    hint: '第二位审核人得出相同结论的比例',
    of: '抽查内容',
    drawn: '已抽取',
    answered: '已复核',
    agreed: '一致',
    moves,
    share: (agreed: number, answered: number) => `${Math.floor((100 * agreed) / answered)} %（${agreed}/${answered}）`,
    none: '这段时间没有抽查。抽查比例在审核规则中设置。',
  },
  callbacks: {
    title: '回调',
    behind: (seconds: number) =>
      seconds > 0 ? `最近 24 小时；最早的一条已等待 ${seconds} 秒` : '最近 24 小时；没有积压',
    state: '状态',
    count: '条数',
    states: deliveries,
  },
}
