import { KIND_NAMES, type KindName } from '@shenpi/sdk/contract/states'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  redirect,
} from '@tanstack/react-router'
import { parseAccountFilters, parseDeliveryFilters, parseDeviceFilters } from './data/account-filters.ts'
import { parseFilters } from './data/filters.ts'
import { parseSandboxSearch } from './data/sandbox-search.ts'
import { parseTrailFilters } from './data/trail-filters.ts'
import { Shell } from './pages/shell/shell.tsx'
import { FailurePage } from './parts/failure-page.tsx'
import { NotFoundPage } from './parts/not-found-page.tsx'

const root = createRootRoute({ component: Shell })

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/queue', search: {} })
  },
})

const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  validateSearch: parseFilters,
  component: lazyRouteComponent(() => import('./pages/queue/queue-page.tsx'), 'QueuePage'),
})

const application = createRoute({
  getParentRoute: () => root,
  path: '/applications/$id',
  // The filters of the queue that it was opened from: they say which one is next.
  validateSearch: parseFilters,
  component: lazyRouteComponent(() => import('./pages/application/application-page.tsx'), 'ApplicationPage'),
})

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  validateSearch: parseAccountFilters,
  component: lazyRouteComponent(() => import('./pages/accounts/accounts-page.tsx'), 'AccountsPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$appid/{-$part}',
  validateSearch: parseDeviceFilters,
  component: lazyRouteComponent(() => import('./pages/account/account-page.tsx'), 'AccountPage'),
})

const callbacks = createRoute({
  getParentRoute: () => root,
  path: '/callbacks',
  validateSearch: parseDeliveryFilters,
  component: lazyRouteComponent(() => import('./pages/callbacks/callbacks-page.tsx'), 'CallbacksPage'),
})

const delivery = createRoute({
  getParentRoute: () => root,
  path: '/callbacks/$id',
  // The filters of the list that it was opened from: the way back leads there.
  validateSearch: parseDeliveryFilters,
  component: lazyRouteComponent(() => import('./pages/callbacks/delivery-page.tsx'), 'DeliveryPage'),
})

const samples = createRoute({
  getParentRoute: () => root,
  path: '/samples',
  component: lazyRouteComponent(() => import('./pages/samples/samples-page.tsx'), 'SamplesPage'),
})

const sample = createRoute({
  getParentRoute: () => root,
  path: '/samples/$id',
  component: lazyRouteComponent(() => import('./pages/samples/sample-page.tsx'), 'SamplePage'),
})

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('./pages/dashboard/dashboard-page.tsx'), 'DashboardPage'),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
})

const policy = createRoute({
  getParentRoute: () => root,
  path: '/policy',
  component: lazyRouteComponent(() => import('./pages/policy/policy-page.tsx'), 'PolicyPage'),
})

const reasons = createRoute({
  getParentRoute: () => root,
  path: '/reasons',
  validateSearch: ({ kind }): { kind?: KindName } => ({ kind: KIND_NAMES.find((name) => name === kind) }),
  component: lazyRouteComponent(() => import('./pages/reasons/reasons-page.tsx'), 'ReasonsPage'),
})

const staff = createRoute({
  getParentRoute: () => root,
  path: '/staff',
  component: lazyRouteComponent(() => import('./pages/staff/staff-page.tsx'), 'StaffPage'),
})

const trail = createRoute({
  getParentRoute: () => root,
  path: '/trail',
  validateSearch: parseTrailFilters,
  component: lazyRouteComponent(() => import('./pages/trail/trail-page.tsx'), 'TrailPage'),
})

const sandbox = createRoute({
  getParentRoute: () => root,
  path: '/sandbox/{-$part}',
  validateSearch: parseSandboxSearch,
  component: lazyRouteComponent(() => import('./pages/sandbox/sandbox-page.tsx'), 'SandboxPage'),
})

const request = createRoute({
  getParentRoute: () => root,
  path: '/requests/$rid',
  validateSearch: parseSandboxSearch,
  component: lazyRouteComponent(() => import('./pages/sandbox/request-page.tsx'), 'RequestPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./pages/sign-in/invitation-page.tsx'), 'InvitationPage'),
})

/** Where the provider sends who could not be let in, with why; whoever is signed in has nothing to do there. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ problem }): { problem?: string } => (typeof problem === 'string' ? { problem } : {}),
  component: () => <Navigate to="/queue" search={{}} replace />,
})

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    queue,
    application,
    accounts,
    account,
    callbacks,
    delivery,
    reasons,
    policy,
    staff,
    trail,
    samples,
    sample,
    dashboard,
    settings,
    sandbox,
    request,
    invitation,
    signIn,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <FailurePage error={error} retry={reset} />,
  defaultNotFoundComponent: NotFoundPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
