import { STORIES } from 'shenpi-conformance/stories'
import { DATABASES } from '../databases.ts'
import { runStory } from './run-story.ts'

for (const kind of DATABASES) for (const story of STORIES) runStory(story, kind)
