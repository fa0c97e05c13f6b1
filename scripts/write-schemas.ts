/** node scripts/write-schemas.ts: writes cds-hooks/schema/ after a change of src/knowledge/forms/. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { jsonSchemas } from '../src/knowledge/json-schemas.ts'

const folder = new URL('../cds-hooks/schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, content] of jsonSchemas()) writeFileSync(new URL(name, folder), content)
