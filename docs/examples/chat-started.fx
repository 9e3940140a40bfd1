// ChatStarted of Chat
Set(ChatCount, ChatCount + 1)
