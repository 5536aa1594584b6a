export const samples = {
  title: '抽查复核',
  hint: '由第二人重新判断',
  blind: '不显示原决定',
  more: '加载更多',
  note: '备注（可不填）',
  empty: {
    title: '没有待复核的抽查',
    body: '按审核规则抽中的决定会出现在这里，由未参与决定的人复核。结果不会改变。',
  },
  agrees: '一致。',
  differs: '不一致。',
  told: {
    approve: (by: string) => `${by} 当时通过了这件申请。`,
    reject: (by: string) => `${by} 当时驳回了这件申请。`,
  },
  next: '下一件',
  done: '返回列表',
}
