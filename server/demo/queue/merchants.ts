import { creditCodeCheck, organisationCheck } from '@shenpi/sdk/contract/credit-code'

/** A merchant of the demo. All of them are made up: no such firm, person or licence is known to us. */
export interface DemoMerchant {
  company: string
  shop: string
  person: string
  phone: string
  email: string
  province: string
  city: string
  district: string
  address: string
  longitude: number
  latitude: number
  /** Of the stores' tree. */
  category: string
  /** Of Shake Nearby's industries. */
  industry: string
  brand: string
  /** A category of the shop component by its three levels, and what a seller of it has to show. */
  goods: string
  permit: string
  creditCode: string
}

/** A valid credit code of a firm of a region, by a number. */
export function aCreditCode(region: string, number: number): string {
  const organisation = `MA${String(number).padStart(6, '0')}`
  const body = `91${region}${organisation}${organisationCheck(organisation)}`
  return body + creditCodeCheck(body)
}

type Row = readonly [
  company: string,
  shop: string,
  person: string,
  mailbox: string,
  place: readonly [province: string, city: string, district: string, address: string, region: string],
  point: readonly [longitude: number, latitude: number],
  trade: readonly [category: string, industry: string, brand: string, goods: string, permit: string],
]

const ROWS: readonly Row[] = [
  [
    '杭州青禾谷物有限公司',
    '青禾谷物坊',
    '林晓棠',
    'xiaotang@qinghe',
    ['浙江省', '杭州市', '西湖区', '莲叶路18号', '330106'],
    [120.13, 30.26],
    ['购物,超市', '0102', '青禾谷', '食品饮料,粮油,杂粮', '食品经营许可证'],
  ],
  [
    '成都巷里茶事餐饮有限公司',
    '巷里茶事（玉林店）',
    '周以安',
    'yian@xiangli',
    ['四川省', '成都市', '武侯区', '玉荷巷7号', '510107'],
    [104.06, 30.63],
    ['美食,咖啡厅', '0101', '巷里茶事', '食品饮料,茶饮,花草茶', '食品经营许可证'],
  ],
  [
    '广州云帆户外用品有限公司',
    '云帆户外（天河店）',
    '陈浩然',
    'haoran@yunfan',
    ['广东省', '广州市', '天河区', '石榴路66号', '440106'],
    [113.36, 23.13],
    ['购物,综合商场', '0105', '云帆', '运动户外,户外装备,帐篷', '产品质量检验报告'],
  ],
  [
    '苏州一纸书店有限公司',
    '一纸书店',
    '沈书意',
    'shuyi@yizhi',
    ['江苏省', '苏州市', '姑苏区', '平桥街21号', '320508'],
    [120.63, 31.31],
    ['购物,综合商场', '0101', '一纸', '图书,儿童读物,绘本', '出版物经营许可证'],
  ],
  [
    '武汉鹿鸣家居有限公司',
    '鹿鸣家居（光谷店）',
    '许嘉木',
    'jiamu@luming',
    ['湖北省', '武汉市', '洪山区', '珞樱路300号', '420111'],
    [114.4, 30.5],
    ['购物,综合商场', '0109', '鹿鸣', '家居家纺,床上用品,四件套', '产品质量检验报告'],
  ],
  [
    '重庆山城小面管理有限公司',
    '山城小面（观音桥店）',
    '唐一鸣',
    'yiming@shancheng',
    ['重庆市', '重庆市', '江北区', '建兴路9号', '500105'],
    [106.53, 29.57],
    ['美食,小吃快餐', '0101', '山城一碗', '食品饮料,方便食品,方便面', '食品生产许可证'],
  ],
  [
    '青岛海盐烘焙食品有限公司',
    '海盐烘焙',
    '宋语桐',
    'yutong@haiyan',
    ['山东省', '青岛市', '市南区', '香榭路12号', '370202'],
    [120.38, 36.06],
    ['美食,面包甜点', '0101', '海盐', '食品饮料,糕点,面包', '食品生产许可证'],
  ],
  [
    '西安长巷银饰有限公司',
    '长巷银饰',
    '贺长风',
    'changfeng@changxiang',
    ['陕西省', '西安市', '碑林区', '书苑门40号', '610103'],
    [108.95, 34.25],
    ['购物,综合商场', '0107', '长巷', '珠宝首饰,银饰,银手镯', '贵金属检测证书'],
  ],
  [
    '昆明山茶美妆有限公司',
    '山茶美妆（翠湖店）',
    '白若雪',
    'ruoxue@shancha',
    ['云南省', '昆明市', '五华区', '翠湖南巷5号', '530102'],
    [102.7, 25.05],
    ['购物,综合商场', '0103', '山茶', '美妆护肤,面部护肤,面膜', '化妆品生产许可证'],
  ],
  [
    '厦门鹭语数码有限公司',
    '鹭语数码（中山路店）',
    '吴子谦',
    'ziqian@luyu',
    ['福建省', '厦门市', '思明区', '中山小路88号', '350203'],
    [118.08, 24.45],
    ['购物,综合商场', '0110', '鹭语', '数码,手机配件,充电器', '产品质量检验报告'],
  ],
]

export const MERCHANTS: readonly DemoMerchant[] = ROWS.map(
  (
    [company, shop, person, mailbox, place, [longitude, latitude], [category, industry, brand, goods, permit]],
    index,
  ) => {
    const [province, city, district, address, region] = place
    const where = { province, city, district, address, longitude, latitude }
    const creditCode = aCreditCode(region, 130_000 + 7 * index)
    // Numbers that begin so are what tests and examples use.
    const phone = `1380000${String(1001 + 37 * index)}`
    return {
      company,
      shop,
      person,
      phone,
      email: `${mailbox}.example`,
      ...where,
      category,
      industry,
      brand,
      goods,
      permit,
      creditCode,
    }
  },
)
