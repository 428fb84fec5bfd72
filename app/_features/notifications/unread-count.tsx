/** How many notifications are unread, as a badge; nothing where none is. */
export const UnreadCount = ({ unread }: { readonly unread: number }) => (unread === 0 ? null : <span className="unread">{unread > 99 ? '99+' : unread}<span className="vh"> unread</span></span>);
