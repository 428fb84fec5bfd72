/** Who looks at a share page: somebody for the first time, a page that is open and reads what is new, or a program that only shows what a link is about. */
export type ShareLook = 'view' | 'again' | 'preview';

/** How the pages, which read a share page for their reader, tell the share door whose look it is. */
export const SHARE_LOOK_HEADER = 'x-share-look';

/** How the share door knows that it is the pages who tell: from outside, whoever looked often could say that he looked already. */
export const PAGES_WORD_HEADER = 'x-share-pages';

/** What fetches a link to show it beside a message, by the names that these programs give themselves. */
const PREVIEWERS = /slackbot|slack-imgproxy|twitterbot|facebookexternalhit|facebot|discordbot|telegrambot|whatsapp|linkedinbot|skypeuripreview|microsoftpreview|mattermost|rocket\.chat|zulipurlpreview|matrix-media-repo|synapse|signal-desktop|viber|redditbot|embedly|iframely|google-pagerenderer|applebot|mastodon|bsky/i;

/** Whose look a request for the page is. Only counting follows from it: a program that hides what it is counts as somebody. */
export function shareLook({ method, userAgent, again }: { readonly method: string; readonly userAgent: string; readonly again: boolean }): ShareLook {
  if (method === 'HEAD' || PREVIEWERS.test(userAgent)) return 'preview';
  return again ? 'again' : 'view';
}

/** As told by the pages; what says nothing is a view. */
export const shareLookFrom = (told: unknown): ShareLook => (told === 'again' || told === 'preview' ? told : 'view');
