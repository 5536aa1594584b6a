import { accounts } from './zh/accounts.ts'
import { application } from './zh/application.ts'
import { callbacks } from './zh/callbacks.ts'
import { dashboard } from './zh/dashboard.ts'
import { fields } from './zh/fields.ts'
import { problems } from './zh/problems.ts'
import { queue } from './zh/queue.ts'
import { samples } from './zh/samples.ts'
import { settings } from './zh/settings.ts'
import { shortcutGroups, shortcuts } from './zh/shortcuts.ts'
import { signIn } from './zh/sign-in.ts'
import { staff } from './zh/staff.ts'
import { states } from './zh/states.ts'

/** Every text of the console; what it holds is what every language has to hold. */
export const zh = {
  title: 'Shenpi 审批',
  shell: {
    skip: '跳到内容',
    navigation: '主导航',
    search: '搜索或跳转',
    queue: '审核队列',
    accounts: '账号',
    callbacks: '回调',
    samples: '抽查复核',
    dashboard: '概览',
    settings: '个人设置',
    reasons: '驳回原因',
    policy: '策略',
    staff: '人员与密钥',
    trail: '审计记录',
    sandbox: '沙盒',
    missingYear: (year: number) => `${year} 年的节假日尚未载入，到期时间只按周末计算。`,
    loadYear: '载入节假日',
    apiDocs: '接口文档',
    menu: '账户菜单',
    signOut: '退出登录',
    language: '语言',
    scheme: '外观',
    schemes: { system: '跟随系统', light: '浅色', dark: '深色' },
    languages: { zh: '中文', en: 'English' },
    notices: '通知',
    help: '快捷键',
    offline: '连接已断开，恢复后自动重试。',
  },
  actions: {
    cancel: '取消',
    close: '关闭',
    retry: '重试',
    copy: '复制',
    copied: '已复制',
    save: '保存',
    back: '返回',
    undo: '撤销',
    more: '更多',
    remove: '移除',
    export: '导出',
    csv: 'CSV',
    xlsx: 'Excel（XLSX）',
  },
  palette: {
    label: '搜索或跳转',
    placeholder: '输入申请编号、AppID 或命令…',
    none: '没有匹配的结果',
    commands: '命令',
    applications: '申请',
    open: '打开申请',
    account: '查看该账号的申请',
    hint: '选择',
    run: '执行',
  },
  help: {
    title: '键盘快捷键',
    or: '或',
    groups: shortcutGroups,
  },
  failure: {
    title: '页面无法显示',
    unanswered: '服务器没有响应。',
    unknown: '发生了未知错误。',
    notFound: '没有这个页面。',
    forbidden: '你的角色无权查看此页。',
  },
  loading: '正在加载…',
  shortcuts,
  accounts,
  application,
  callbacks,
  dashboard,
  fields,
  problems,
  queue,
  samples,
  settings,
  signIn,
  staff,
  states,
}

export type Messages = typeof zh
