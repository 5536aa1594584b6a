import type { InvitationPurpose } from '@shenpi/sdk/contract/states'

const purposes: Record<InvitationPurpose, string> = {
  first_operator: '创建第一位管理员',
  invitation: '接受邀请',
  reset: '重设密码',
}

export const signIn = {
  title: '登录 Shenpi',
  name: '姓名',
  nameHint: '用于登录，也会写入审计记录。',
  nameNeeded: '请填写姓名。',
  password: '密码',
  newPassword: '设置密码',
  passwordHint: '至少 12 个字符。',
  passwordShort: '密码至少 12 个字符。',
  bothNeeded: '请填写姓名和密码。',
  signIn: '登录',
  or: '或',
  passkey: '使用通行密钥登录',
  passkeyStopped: '没有使用通行密钥。可以再试一次，或用其他方式登录。',
  provider: (label: string) => `使用 ${label} 登录`,
  demo: '以演示审核员身份进入',
  noStaff: '还没有任何人员：请打开服务器启动时打印的一次性链接，创建第一位管理员。',
  code: '验证码',
  codeHint: '身份验证器应用中的 6 位数字。',
  codeShape: '验证码是 6 位数字。',
  recoveryCode: '恢复码',
  recoveryHint: '每个恢复码只能使用一次。',
  useRecovery: '改用恢复码',
  useApp: '改用身份验证器',
  again: '请重新登录',
  againBody: '登录后继续，你填写的内容不会丢失。',
  invitation: '一次性链接',
  purposes,
  accept: '设置并登录',
}
