import { ANY_CALL } from 'shenpi-conformance/cases/any-call.cases'
import { DATABASES } from '../databases.ts'
import { runStory } from './run-story.ts'

for (const kind of DATABASES) runStory(ANY_CALL, kind, { compareOnce: true })
