// Text of a label
If(Chat.unreadCount > 0, Chat.unreadCount & " new", "")
