export const settings = {
  title: '个人设置',
  look: '显示',
  languageHint: '只影响此浏览器。',
  schemeHint: '默认跟随系统。',
  keys: '键盘快捷键',
  keysHint: '任何页面按 ? 可查看。',
}
