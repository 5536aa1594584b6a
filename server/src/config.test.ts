import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

/** The faults of an environment, one a line. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.message.split('\n').slice(1)
  }
  return []
}

const HOUR_MS = 3_600_000

describe('the configuration', () => {
  test('is a sandbox on loopback when the environment is empty', () => {
    assert.deepEqual(readConfig({}), {
      mode: 'sandbox',
      host: '127.0.0.1',
      port: 8080,
      admin: undefined,
      dataDir: resolve('.shenpi'),
      picturesDir: undefined,
      databaseUrl: undefined,
      publicUrl: undefined,
      tls: undefined,
      logLevel: 'info',
      policy: {
        first: {
          deviceCeiling: 10_000,
          quickReviewMax: 500,
          activeDevicesMin: 0,
          reviewWorkingDays: 3,
          undoMs: 10_000,
          secondOpinion: [],
          samples: [],
        },
        pinned: [],
      },
      outboundAllow: ['127.0.0.0/8', '::1/128'],
      trustProxy: [],
      requireHttps: false,
      rates: { daily: 0, minute: 0, shopSecond: 0 },
      sandboxApprove: undefined,
      sessions: { idleMs: 12 * HOUR_MS, absoluteMs: 7 * 24 * HOUR_MS, byProviderMs: 12 * HOUR_MS },
      oidc: undefined,
      sandboxStaff: undefined,
      sandboxSeed: undefined,
      sandboxSeedFile: undefined,
      ocr: undefined,
      startedByNpm: false,
    })
  })

  test('reads every value', () => {
    assert.deepEqual(
      readConfig({
        MODE: 'production',
        HOST: '0.0.0.0',
        PORT: '0',
        ADMIN_HOST: '10.0.0.1',
        ADMIN_PORT: '9090',
        DATA_DIR: '/srv/shenpi',
        PICTURES_DIR: '/mnt/pictures',
        DATABASE_URL: 'postgres://db/shenpi',
        PUBLIC_URL: 'https://shenpi.example/',
        TLS_CERT: '/cert.pem',
        TLS_KEY: '/key.pem',
        LOG_LEVEL: 'warn',
        DEVICE_CEILING: '20000',
        QUICK_REVIEW_MAX: '0',
        ACTIVE_DEVICES_MIN: '50',
        REVIEW_WORKING_DAYS: '5',
        UNDO_SECONDS: '30',
        POLICY_PINNED: 'quick_review_max, undo_seconds',
        OUTBOUND_ALLOW: '10.0.0.0/8, fd00::/8',
        TRUST_PROXY: '10.0.0.0/8, ::1/128',
        REQUIRE_HTTPS: 'yes',
        DAILY_LIMIT: '3',
        MINUTE_LIMIT: '2',
        SHOP_SECOND_LIMIT: '0',
        SESSION_IDLE_MINUTES: '60',
        SESSION_MAX_HOURS: '8',
        OIDC_SESSION_HOURS: '4',
        OIDC_ISSUER: 'https://login.example.com/realm',
        OIDC_CLIENT_ID: 'shenpi',
        OIDC_CLIENT_SECRET: 'secret',
        OIDC_ROLES: 'review team=reviewer,ops=operator+auditor',
        OIDC_GROUPS_CLAIM: 'roles',
        OIDC_NAME_CLAIM: 'email',
        OIDC_LABEL: 'Company',
        OCR: 'on',
        OCR_PACKAGES: '/opt/ocr',
      }),
      {
        mode: 'production',
        host: '0.0.0.0',
        port: 0,
        admin: { host: '10.0.0.1', port: 9090 },
        dataDir: '/srv/shenpi',
        picturesDir: '/mnt/pictures',
        databaseUrl: 'postgres://db/shenpi',
        publicUrl: 'https://shenpi.example',
        tls: { cert: '/cert.pem', key: '/key.pem' },
        logLevel: 'warn',
        policy: {
          first: {
            deviceCeiling: 20_000,
            quickReviewMax: 0,
            activeDevicesMin: 50,
            reviewWorkingDays: 5,
            undoMs: 30_000,
            secondOpinion: [],
            samples: [],
          },
          pinned: ['quickReviewMax', 'undoMs'],
        },
        outboundAllow: ['10.0.0.0/8', 'fd00::/8'],
        trustProxy: ['10.0.0.0/8', '::1/128'],
        requireHttps: true,
        rates: { daily: 3, minute: 2, shopSecond: 0 },
        sandboxApprove: undefined,
        sessions: { idleMs: HOUR_MS, absoluteMs: 8 * HOUR_MS, byProviderMs: 4 * HOUR_MS },
        oidc: {
          issuer: 'https://login.example.com/realm',
          clientId: 'shenpi',
          clientSecret: 'secret',
          groupsClaim: 'roles',
          nameClaim: 'email',
          label: 'Company',
          roles: new Map([
            ['review team', ['reviewer']],
            ['ops', ['operator', 'auditor']],
          ]),
        },
        sandboxStaff: undefined,
        sandboxSeed: undefined,
        sandboxSeedFile: undefined,
        ocr: { packages: '/opt/ocr' },
        startedByNpm: false,
      },
    )
  })

  test('treats an empty value as absent', () => {
    const names = ['MODE', 'HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'PUBLIC_URL', 'TLS_CERT', 'TLS_KEY', 'LOG_LEVEL']
    const policies = ['DEVICE_CEILING', 'QUICK_REVIEW_MAX', 'REVIEW_WORKING_DAYS', 'OUTBOUND_ALLOW', 'SANDBOX_APPROVE']
    const limits = ['TRUST_PROXY', 'DAILY_LIMIT', 'MINUTE_LIMIT', 'SHOP_SECOND_LIMIT']
    const empty = Object.fromEntries([...names, ...policies, ...limits].map((name) => [name, '']))
    assert.deepEqual(readConfig(empty), readConfig({}))
  })

  test('cannot be changed', () => {
    assert.throws(() => Object.assign(readConfig({}), { mode: 'production' }), TypeError)
  })

  test('allows loopback for outbound requests in the sandbox only', () => {
    assert.deepEqual(readConfig({ MODE: 'production' }).outboundAllow, [])
    assert.deepEqual(readConfig({ OUTBOUND_ALLOW: '10.0.0.0/8' }).outboundAllow, [
      '127.0.0.0/8',
      '::1/128',
      '10.0.0.0/8',
    ])
  })

  test('limits calls generously in production, and in the sandbox only on request', () => {
    for (const limit of Object.values(readConfig({ MODE: 'production' }).rates)) assert.ok(limit >= 20_000)
    const told = { DAILY_LIMIT: '3', MINUTE_LIMIT: '2', SHOP_SECOND_LIMIT: '1' }
    assert.deepEqual(readConfig(told).rates, { daily: 3, minute: 2, shopSecond: 1 })
  })
})

describe('a faulty environment', () => {
  test('is reported with all its faults at once', () => {
    const faults = faultsOf({
      MODE: 'prod',
      PORT: '65536',
      DATABASE_URL: 'mysql://db',
      PUBLIC_URL: 'shenpi.example',
      TLS_CERT: '/cert.pem',
      LOG_LEVEL: 'loud',
      DEVICE_CEILING: '-1',
      QUICK_REVIEW_MAX: '1.5',
      ACTIVE_DEVICES_MIN: '101',
      REVIEW_WORKING_DAYS: '0',
      POLICY_PINNED: 'quick_review_max,colour',
      OUTBOUND_ALLOW: '10.0.0.0/33,example.com',
      TRUST_PROXY: '10.0.0.0/8,all',
      REQUIRE_HTTPS: 'true',
      DAILY_LIMIT: '-1',
      MINUTE_LIMIT: 'many',
      SHOP_SECOND_LIMIT: '0.5',
      SANDBOX_APPROVE: 'yes',
    })
    const named = faults.map((fault) => fault.trim().split(':')[0])
    assert.deepEqual(named.toSorted(), [
      'ACTIVE_DEVICES_MIN',
      'DAILY_LIMIT',
      'DATABASE_URL',
      'DEVICE_CEILING',
      'LOG_LEVEL',
      'MINUTE_LIMIT',
      'MODE',
      'OUTBOUND_ALLOW',
      'OUTBOUND_ALLOW',
      'POLICY_PINNED',
      'PORT',
      'PUBLIC_URL',
      'QUICK_REVIEW_MAX',
      'REQUIRE_HTTPS',
      'REVIEW_WORKING_DAYS',
      'SANDBOX_APPROVE',
      'SHOP_SECOND_LIMIT',
      'TLS_CERT, TLS_KEY',
      'TRUST_PROXY',
    ])
  })

  test('is reported with the wrong value, unless that may hold a password', () => {
    assert.match(faultsOf({ PORT: 'http' }).join(), /"http"/)
    for (const name of ['DATABASE_URL', 'PUBLIC_URL']) {
      assert.doesNotMatch(faultsOf({ [name]: 'mysql://shenpi:hunter2@db' }).join(), /hunter2|shenpi:/)
    }
  })

  for (const port of ['-1', '65536', '80.0', '0x50', '1e3', ' 80', '８０', 'NaN', 'Infinity']) {
    test(`includes PORT=${JSON.stringify(port)}`, () => assert.equal(faultsOf({ PORT: port }).length, 1))
  }

  for (const range of ['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '::1/129', '10/8', '10.0.0.0/8/8', 'localhost/8', ',']) {
    test(`includes OUTBOUND_ALLOW=${range}`, () => assert.ok(faultsOf({ OUTBOUND_ALLOW: range }).length > 0))
  }

  for (const url of ['http://', 'https://exa mple.com', 'https://example.com/?a=b', 'https://example.com/#top']) {
    test(`includes PUBLIC_URL=${url}`, () => assert.equal(faultsOf({ PUBLIC_URL: url }).length, 1))
  }

  for (const [name, meant] of [
    ['DEVICE_CEILNG', 'DEVICE_CEILING'],
    ['DEVICE_CIELING', 'DEVICE_CEILING'],
    ['REVIEW_WORKINGDAY', 'REVIEW_WORKING_DAYS'],
    ['DATADIR', 'DATA_DIR'],
    ['public_url', 'PUBLIC_URL'],
    ['TLS_CERTS', 'TLS_CERT'],
  ] as const) {
    test(`includes ${name}, for which ${meant} is proposed`, () => {
      assert.deepEqual(faultsOf({ [name]: '1' }), [`  ${name}: there is no such setting, is ${meant} meant?`])
      assert.deepEqual(faultsOf({ [name]: '' }), [])
    })
  }

  test('does not include the names of other programs’ settings', () => {
    const others = ['NODE', 'HOME', 'HOSTS', 'PORTS', 'HOSTNAME', 'SSL_CERT_FILE', 'NODE_ENV', 'DATABASE_HOST']
    assert.deepEqual(faultsOf(Object.fromEntries(others.map((name) => [name, '1']))), [])
    assert.deepEqual(faultsOf({ DATABASE_URI: 'mysql://other', DATABASE_URL: 'postgres://ours' }), [])
  })

  test('includes ADMIN_HOST without ADMIN_PORT, or with the port of the server', () => {
    assert.deepEqual(faultsOf({ ADMIN_HOST: '10.0.0.1' }), ['  ADMIN_HOST: only with ADMIN_PORT'])
    assert.deepEqual(faultsOf({ PORT: '9090', ADMIN_PORT: '9090' }), ['  ADMIN_PORT: another than PORT, which is 9090'])
  })

  test('includes a certificate without its key, and a key without its certificate', () => {
    assert.equal(faultsOf({ TLS_KEY: '/key.pem' }).length, 1)
    assert.equal(faultsOf({ TLS_CERT: '/cert.pem' }).length, 1)
  })

  test('includes REQUIRE_HTTPS on a server without HTTPS', () => {
    assert.match(faultsOf({ REQUIRE_HTTPS: 'yes' }).join(), /REQUIRE_HTTPS: needs TLS_CERT/)
    assert.deepEqual(faultsOf({ REQUIRE_HTTPS: 'yes', TRUST_PROXY: '10.0.0.0/8' }), [])
    assert.deepEqual(faultsOf({ REQUIRE_HTTPS: 'yes', TLS_CERT: '/cert.pem', TLS_KEY: '/key.pem' }), [])
  })

  test('includes SANDBOX_APPROVE in production', () => {
    assert.match(
      faultsOf({ MODE: 'production', SANDBOX_APPROVE: 'all' }).join(),
      /SANDBOX_APPROVE: only in the sandbox/,
    )
    assert.equal(readConfig({ SANDBOX_APPROVE: 'all' }).sandboxApprove, 'all')
  })

  test('includes SANDBOX_SEED_FILE in production', () => {
    const env = { MODE: 'production', SANDBOX_SEED_FILE: 'seed.yaml' }
    assert.match(faultsOf(env).join(), /SANDBOX_SEED_FILE: only in the sandbox/)
  })

  test('includes SANDBOX_SEED in production', () => {
    assert.match(faultsOf({ MODE: 'production', SANDBOX_SEED: 'demo' }).join(), /SANDBOX_SEED: only in the sandbox/)
    assert.equal(readConfig({ SANDBOX_SEED: 'demo' }).sandboxSeed, 'demo')
  })

  test('includes SANDBOX_STAFF in production', () => {
    assert.match(faultsOf({ MODE: 'production', SANDBOX_STAFF: 'demo' }).join(), /SANDBOX_STAFF: only in the sandbox/)
    assert.equal(readConfig({ SANDBOX_STAFF: 'demo' }).sandboxStaff, 'demo')
  })

  test('includes OCR_PACKAGES where OCR is off', () => {
    assert.match(faultsOf({ OCR_PACKAGES: 'ocr' }).join(), /OCR_PACKAGES: only with OCR=on/)
    assert.match(faultsOf({ OCR: 'yes' }).join(), /OCR: one of on, off, not "yes"/)
    assert.deepEqual(readConfig({ OCR: 'on' }).ocr, { packages: undefined })
  })

  test('includes a provider that is told in part, has roles that there are not, or is reached by plain HTTP', () => {
    const oidc = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'shenpi', OIDC_ROLES: 'a=lead' }
    assert.deepEqual(faultsOf(oidc), [])
    assert.match(
      faultsOf({ ...oidc, OIDC_CLIENT_ID: '' }).join(),
      /OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_ROLES: all or none/,
    )
    for (const roles of ['a=boss', 'lead', '=lead', 'a=lead+', 'a=lead,b']) {
      assert.match(faultsOf({ ...oidc, OIDC_ROLES: roles }).join(), /OIDC_ROLES: pairs like/, roles)
    }
    assert.match(
      faultsOf({ ...oidc, OIDC_ISSUER: 'http://login.example.com' }).join(),
      /http: only on the machine itself/,
    )
    assert.deepEqual(faultsOf({ ...oidc, OIDC_ISSUER: 'http://localhost:9000' }), [])
  })
})
