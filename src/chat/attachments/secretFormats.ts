/** A format of tokens: its kind, the public prefix as a regular expression, and what comes after that. */
type TokenFormat = readonly [kind: string, prefix: string, body: string];

/**
 * Tokens that are known by how they look, as their issuers document them. Bodies have an upper bound, so that no text takes
 * long; of two with one prefix the longer comes first.
 */
export const tokenFormats = [
  ['aws', '(?:AKIA|ASIA|ABIA|ACCA)', '[A-Z2-7]{16}(?![A-Za-z0-9])'],
  ['gcpApiKey', 'AIza', '[\\w-]{35}(?![\\w-])'],
  ['gcpOauth', '(?:ya29\\.|GOCSPX-)', '[\\w-]{20,400}'],
  ['azureStorage', '(?:AccountKey|SharedAccessKey)=', '[A-Za-z0-9+/]{40,100}={1,2}'],
  ['azureSignature', 'sig=', '[A-Za-z0-9%+/]{40,100}(?:=|%3D)?'],
  ['azureClient', '', '[\\w~.]{3}\\dQ~[\\w~.-]{31,34}'],
  ['github', '(?:gh[opsur]_|github_pat_)', '\\w{36,255}'],
  ['gitlab', 'gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-', '[\\w-]{20,300}(?:\\.[\\w-]{2,20}){0,2}'],
  ['slack', '(?:xox[abeoprs]|xapp|xoxe\\.xox[bp])-', '[\\w-]{10,250}'],
  ['slackWebhook', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/', '[\\w/]{30,120}'],
  ['discord', 'discord(?:app)?\\.com/api/webhooks/', '\\d{15,25}/[\\w-]{50,100}'],
  ['discord', '', '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,45}(?![\\w-])'],
  ['stripe', '(?:[rs]k_(?:live|test)_|whsec_)', '[A-Za-z0-9+/=]{16,250}'],
  ['anthropic', 'sk-ant-(?:[a-z0-9]{3,10}-)?', '[\\w-]{32,250}'],
  ['openai', 'sk-(?:proj|svcacct|admin|or-v1)-', '[\\w-]{20,300}'],
  ['openai', 'sk-', '[A-Za-z0-9]{32,100}'],
  ['groq', 'gsk_', '[A-Za-z0-9]{40,100}'],
  ['xai', 'xai-', '[A-Za-z0-9]{60,120}'],
  ['perplexity', 'pplx-', '[A-Za-z0-9]{40,80}'],
  ['huggingFace', '(?:hf_|api_org_)', '[A-Za-z0-9]{30,60}'],
  ['replicate', 'r8_', '[A-Za-z0-9]{37}'],
  ['npm', 'npm_', '[A-Za-z0-9]{36}'],
  ['pypi', 'pypi-', 'AgE[\\w-]{50,500}'],
  ['rubyGems', 'rubygems_', '[0-9a-f]{48}'],
  ['docker', 'dckr_(?:pat|oat)_', '[\\w-]{27,100}'],
  ['sendGrid', 'SG\\.', '[\\w-]{16,32}\\.[\\w-]{32,64}'],
  ['twilio', 'SK', '[0-9a-f]{32}(?![A-Za-z0-9])'],
  ['mailgun', '(?<![\\w-])key-', '[0-9a-f]{32}(?![A-Za-z0-9])'],
  ['mailchimp', '', '[0-9a-f]{32}-us\\d{1,2}(?![A-Za-z0-9])'],
  ['telegram', '', '\\d{8,10}:AA[\\w-]{33}(?![\\w-])'],
  ['digitalOcean', 'do[opr]_v1_', '[0-9a-f]{64}'],
  ['databricks', 'dapi', '[0-9a-f]{32}(?![A-Za-z0-9])'],
  ['shopify', 'shp(?:at|ca|pa|ss)_', '[0-9a-fA-F]{32}'],
  ['square', 'sq0(?:atp|csp)-', '[\\w-]{22,50}'],
  ['atlassian', 'AT(?:ATT|CTT)3', '[\\w=-]{50,300}'],
  ['grafana', 'gl(?:c|sa)_', '[\\w+/=]{32,300}'],
  ['newRelic', 'NRAK-', '[A-Z0-9]{27}'],
  ['sentry', 'sntry[su]_', '[\\w+/=]{40,300}'],
  ['hashiCorp', 'hv[bsr]\\.', '[\\w-]{24,300}'],
  ['hashiCorp', '', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,80}'],
  ['linear', 'lin_api_', '[A-Za-z0-9]{40}'],
  ['notion', '(?:ntn|secret)_', '[A-Za-z0-9]{43,50}(?!\\w)'],
  ['figma', 'figd_', '[\\w-]{40,60}'],
  ['planetScale', 'pscale_(?:tkn|pw|oauth)_', '[\\w.-]{32,64}'],
  ['supabase', '(?:sbp_|sb_secret_)', '[\\w-]{20,60}'],
  ['age', 'AGE-SECRET-KEY-1', '[0-9A-Z]{58}'],
  ['tachyon', 'pk_(?!live_|test_)', '[A-Za-z0-9]{20,120}(?!\\w)'],
  ['tachyonOperator', 'tn_', '[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}(?!\\w)'],
  ['jwt', '(?<![\\w-])eyJ', '[\\w-]{12,4000}\\.eyJ[\\w-]{12,8000}\\.[\\w-]{16,2000}'],
] as const satisfies readonly TokenFormat[];

/** What a likely secret is. */
export type SecretKind =
  | (typeof tokenFormats)[number][0]
  | 'authorization'
  | 'privateKey'
  | 'urlPassword'
  | 'password'
  | 'assigned';

/** A likely secret in a text, in code units, without what of it may be shown, such as `ghp_`. */
export interface FoundSecret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}
