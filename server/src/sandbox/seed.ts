import { readFileSync } from 'node:fs'
import { findAccountByAppid } from '../accounts/account.store.ts'
import type { Account } from '../accounts/account.ts'
import { createAccount } from '../accounts/create-account.ts'
import { findActivation } from '../activations/account-activation.kind.ts'
import { applyForActivation } from '../activations/apply-for-activation.ts'
import { decideApplication } from '../applications/decide-application.ts'
import type { Review } from '../applications/review.ts'
import { findCategoryRule, saveCategories } from '../categories/category.store.ts'
import type { Config } from '../config.ts'
import { type Database, isUniqueViolation } from '../db/open.ts'
import { transaction } from '../db/transaction.ts'
import { findMiniappCertificates, type MiniappCertificates } from '../miniapp-certificates/miniapp-certificate.store.ts'
import { setMiniappCertificates } from '../miniapp-certificates/set-miniapp-certificates.ts'
import { digestOf } from '../pictures/disk-store.ts'
import { findOwnLinks } from '../pictures/picture.store.ts'
import { SAMPLE_DOCUMENT_KEY } from '../pictures/picture-link.ts'
import { type Pictures, storePicture } from '../pictures/store-picture.ts'
import type { LivePolicy } from '../policy/live-policy.ts'
import { Problem } from '../problem.ts'
import { openComponent } from '../shop-access/change-shop-access.ts'
import { insertStore } from '../stores/store.store.ts'
import type { Clock } from '../time/clock.ts'
import { SANDBOX_ACCOUNT } from './account.ts'
import sampleCategories from './categories.sample.json' with { type: 'json' }

/** The store that the published examples name. Source: docs/protocol/, examples. */
const SAMPLE_STORE: Parameters<typeof insertStore>[2] = {
  poiId: 1234,
  businessName: 'Sample store',
  info: {
    business_name: 'Sample store',
    branch_name: 'West',
    province: '广东省',
    city: '广州市',
    district: '海珠区',
    address: '艺苑路11号',
    telephone: '020-12345678',
    categories: ['美食,小吃快餐'],
    offset_type: 1,
    longitude: 113.32375,
    latitude: 23.097486,
    special: 'wifi',
    open_time: '8:00-20:00',
  },
}

/** The documents of its mini program's registration. Source: docs/protocol/shops.md, audit/get_miniapp_certificate. */
const SAMPLE_CERTIFICATES: MiniappCertificates = {
  category_info_list: [
    {
      first_category_id: 304,
      first_category_name: '商家自营',
      second_category_id: 321,
      second_category_name: '食品',
      certificate_url: ['https://example.com/food-licence.png'],
    },
  ],
  brand_info: {
    brand_wording: '山茶',
    sale_authorization: ['https://example.com/sale-authorization.png'],
    trademark_registration_certificate: ['https://example.com/trademark.png'],
  },
}

const SAMPLE_DOCUMENT = {
  bytes: readFileSync(new URL('./sample-document.png', import.meta.url)),
  mediaType: 'image/png',
  width: 480,
  height: 320,
}

const ACTOR = 'sandbox'

interface SeedParts {
  config: Pick<Config, 'sandboxApprove'>
  db: Database
  clock: Clock
  policy: LivePolicy
  review: Review
  pictures: Pictures
}

/** Servers that may start on one database at once: each failed attempt means that another one was faster at one step. */
const TRIES = 5

/**
 * Insert what the published examples need: the account, its store, its documents, the categories, and an open shop
 * component, which the examples use without opening it. It is repeatable, also beside another server that starts at the
 * same time: the second one finds it done.
 */
export async function seedSandbox(parts: SeedParts): Promise<void> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await seed(parts)
    } catch (error) {
      const wasFaster = isUniqueViolation(error) || error instanceof Problem
      if (!wasFaster || left === 0) throw error
    }
  }
}

async function seed(parts: SeedParts): Promise<void> {
  const { db, clock, config, review, pictures } = parts
  if (!(await findCategoryRule(db, 7448))) {
    await transaction(db, (trx) => saveCategories(trx, sampleCategories.third_cat_list))
  }
  const account = (await findAccountByAppid(db, SANDBOX_ACCOUNT.appid)) ?? (await createSandboxAccount(parts))
  const { accountId } = account
  await insertStore(db, accountId, SAMPLE_STORE, clock.now(accountId))
  // On a database that several servers share, each has files of its own.
  const isLinked = (await findOwnLinks(db, accountId, [SAMPLE_DOCUMENT_KEY])).size > 0
  if (!isLinked || !(await pictures.blobs.find(digestOf(SAMPLE_DOCUMENT.bytes)))) {
    await storePicture(pictures, accountId, SAMPLE_DOCUMENT, 'license', SAMPLE_DOCUMENT_KEY)
  }
  await openComponent(review, accountId, ACTOR)
  if (!(await findMiniappCertificates(db, accountId))) {
    await setMiniappCertificates(parts, account.appid, SAMPLE_CERTIFICATES, ACTOR)
  }
  if (config.sandboxApprove === 'all' && account.verified) await approveActivation(parts, accountId)
}

async function createSandboxAccount({ db, clock, policy }: SeedParts): Promise<Account> {
  const { name, ...given } = SANDBOX_ACCOUNT
  const { deviceCeiling } = policy.current
  const { account } = await createAccount({ db, clock, deviceCeiling }, { name, actor: ACTOR, given })
  return account
}

/** Through the same two doors as everybody's. */
async function approveActivation({ review, db }: SeedParts, accountId: number): Promise<void> {
  const latest = await findActivation(db, accountId)
  if (latest?.state === 'approved') return
  const request = { name: 'Sandbox', phone_number: '13800000000', email: 'sandbox@example.com', industry_id: '0101' }
  const open =
    latest?.state === 'under_review'
      ? latest
      : await applyForActivation(review, accountId, request, { wholeEmail: true })
  await decideApplication(review, open, { move: 'approve', reason: 'SANDBOX_APPROVE=all', actor: ACTOR })
}
