/** SMART access tokens as they stand in a hook call. */
import { TOKEN } from './markers.ts'
import type { Json } from './resources.ts'

export const ACCESS_TOKEN = `${TOKEN}.opaque.1`

export const fhirAuthorization = (token = ACCESS_TOKEN): Json => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: 300,
  scope: 'patient/Observation.read Condition.Search (Problems) (R4)',
  subject: 'apatite-client',
})
